//! Where Cloudflare answered: the airport code at the end of a ray id, as a place and country, and whether OpenAI lists it.
//!
//! Sources: the codes and cities of Cloudflare's network (<https://www.cloudflarestatus.com/>, as of February 2026); `!`
//! marks what is not on OpenAI's list of supported countries ([`LISTED`]).

use crate::span::Span;
use serde::{Deserialize, Serialize};

static PLACES: &str = include_str!("places.txt");

/// The day of OpenAI's list of supported countries and territories that the marks follow
/// (<https://help.openai.com/en/articles/5347006-openai-api-supported-countries-and-territories>).
pub const LISTED: &str = "2026-11-10";

/// A place that answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// IATA code of the airport, such as `FRA`.
    pub code: String,
    /// The city; empty where the code is not known here.
    pub city: String,
    /// The country or territory; empty where the code is not known here.
    pub country: String,
    /// Whether the country is on OpenAI's list; none where the code is not known here.
    pub listed: Option<bool>,
    /// The list's day.
    pub as_of: String,
}

impl Place {
    /// The place of an airport code.
    pub fn of(code: &str) -> Self {
        let known = PLACES.lines().find_map(|line| {
            let (country, cities) = line.split_once('|')?;
            let city = cities.split(';').find_map(|c| c.strip_prefix(code)?.strip_prefix(' '))?;
            Some((city, country.trim_start_matches('!'), !country.starts_with('!')))
        });
        let (city, country) = known.map_or(("", ""), |(city, country, _)| (city, country));
        Self {
            code: code.to_owned(),
            city: city.to_owned(),
            country: country.to_owned(),
            listed: known.map(|(_, _, listed)| listed),
            as_of: LISTED.to_owned(),
        }
    }

    /// The names of all places that are known here.
    #[cfg(test)]
    pub(crate) fn names() -> impl Iterator<Item = String> {
        let cities = |line: &'static str| line.split_once('|').into_iter().flat_map(|(_, cities)| cities.split(';'));
        PLACES.lines().flat_map(cities).filter_map(|city| Some(Self::of(city.get(..3)?).name()))
    }

    /// City and country as one reads them; a city that is its own country only once.
    pub fn name(&self) -> String {
        if self.city == self.country { self.country.clone() } else { format!("{}, {}", self.city, self.country) }
    }

    /// What the code tells, in a sentence.
    pub fn sentence(&self) -> String {
        let code = &self.code;
        match self.listed {
            None => format!("The ray id ends in {code}: the place of Cloudflare that answered."),
            Some(listed) => {
                let is = if listed { "is" } else { "is not" };
                format!(
                    "The ray id ends in {code}: Cloudflare answered in {}, which {is} on OpenAI's list of supported countries (as of {LISTED}).",
                    self.name()
                )
            }
        }
    }
}

/// The last ray id with a place in a text: 16 hexadecimal digits, a hyphen, three capitals
/// (<https://developers.cloudflare.com/fundamentals/reference/cloudflare-ray-id/>).
pub fn last_ray(text: &str) -> Option<(Place, Span)> {
    let bytes = text.as_bytes();
    memchr::memrchr_iter(b'-', bytes).find_map(|at| {
        let start = at.checked_sub(16)?;
        let id = bytes.get(start..at)?;
        let code = text.get(at + 1..at + 4)?;
        let edge = |b: Option<&u8>| b.is_none_or(|b| !b.is_ascii_alphanumeric());
        let ray = id.iter().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b))
            && code.bytes().all(|b| b.is_ascii_uppercase())
            && edge(bytes.get(at + 4))
            && edge(start.checked_sub(1).and_then(|before| bytes.get(before)));
        ray.then(|| (Place::of(code), Span { start, end: at + 4 }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ray_id_names_a_place_and_whether_it_is_listed() {
        let (place, span) = last_ray("cf-ray: 8f0a1b2c3d4e5f60-FRA\ncf-ray: 8f0a1b2c3d4e5f60-HKG, x").unwrap();
        assert_eq!((place.name(), place.listed), ("Hong Kong".to_owned(), Some(false)));
        assert_eq!(span, Span { start: 37, end: 57 });
        assert_eq!(last_ray("8f0a1b2c3d4e5f60-IAD").unwrap().0.name(), "Ashburn, United States");
        assert_eq!(last_ray("8f0a1b2c3d4e5f60-XXQ").unwrap().0.listed, None);
    }

    #[test]
    fn other_words_are_no_ray_ids() {
        for text in [
            "8f0a1b2c3d4e5f60",
            "a8f0a1b2c3d4e5f60-FRA",
            "8f0a1b2c3d4e5f60-FRAX",
            "8f0a1b2c3d4e5f60-fra",
            "-FRA",
            "é8f0a1b2c3d4e5f6é-FRA",
        ] {
            assert_eq!(last_ray(text), None, "{text}");
        }
    }

    #[test]
    fn the_list_of_places_is_sound() {
        let mut seen = std::collections::BTreeSet::new();
        for line in PLACES.lines() {
            let (country, cities) = line.split_once('|').unwrap();
            assert!(!country.is_empty());
            for city in cities.split(';') {
                let (code, name) = city.split_once(' ').unwrap();
                assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) && !name.is_empty(), "{city}");
                assert!(seen.insert(code), "{code} twice");
            }
        }
        assert!(seen.len() > 320, "{}", seen.len());
    }
}
