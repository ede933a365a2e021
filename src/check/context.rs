//! Facts about one exchange, computed once and lent to the rules.

use crate::intake::{Exchange, Fields, Request, Response};

/// What a rule may look at.
pub struct Context<'a> {
    /// The request, where the paste shows one.
    pub request: Option<&'a Request>,
    /// The response, where the paste shows one.
    pub response: Option<&'a Response>,
    /// The whole redacted text.
    pub text: &'a str,
}

impl<'a> Context<'a> {
    /// Computes the facts.
    pub fn new(exchange: &'a Exchange, text: &'a str) -> Self {
        Self { request: exchange.request.as_ref(), response: exchange.response.as_ref(), text }
    }

    /// The request's fields; empty where there is no request.
    pub fn request_fields(&self) -> &'a [crate::intake::Field] {
        self.request.map(|r| r.fields.0.as_slice()).unwrap_or_default()
    }

    /// The response's fields, where there are any.
    pub fn response_fields(&self) -> Option<&'a Fields> {
        self.response.map(|r| &r.fields)
    }
}
