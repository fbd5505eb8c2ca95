//! The argument that names a link.

use std::convert::Infallible;
use std::str::FromStr;

use docspace::RoomLink;
use docspace::links::LinkId;

use super::owner::Owner;
use crate::failure::{Failure, Topic};
use crate::hints;

/// The shortest part of an id that is not taken for a title, in characters.
const MIN_PREFIX: usize = 4;

/// The name of a link: `primary`, its id or the beginning of it, its title, or its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LinkName {
    Primary,
    Id(LinkId),
    Text(String),
}

impl FromStr for LinkName {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("primary") {
            return Ok(Self::Primary);
        }
        let id = text.parse::<uuid::Uuid>();
        Ok(id.map_or_else(|_| Self::Text(text.to_owned()), |id| Self::Id(LinkId(id))))
    }
}

impl LinkName {
    /// Returns the link with this name among the links of a room, folder or file.
    pub(super) fn find<'l>(&self, owner: &Owner, links: &'l [RoomLink]) -> Result<&'l RoomLink, Failure> {
        match self {
            Self::Id(id) => links.iter().find(|link| link.id() == *id).ok_or_else(|| missing(&id.0.to_string(), owner)),
            Self::Primary => primary(owner, links),
            Self::Text(text) => Self::with_text(text, owner, links),
        }
    }

    fn with_text<'l>(text: &str, owner: &Owner, links: &'l [RoomLink]) -> Result<&'l RoomLink, Failure> {
        let matching = |same: &dyn Fn(&RoomLink) -> bool| links.iter().filter(|link| same(link)).collect::<Vec<_>>();
        let prefix = text.to_ascii_lowercase();
        let is_prefix = text.len() >= MIN_PREFIX;
        let mut found = matching(&|link| is_address_of(text, link));
        if found.is_empty() {
            found = matching(&|link| link.title() == text);
        }
        if found.is_empty() {
            found = matching(&|link| {
                is_prefix && link.id().to_string().starts_with(&prefix)
                    || link.title().to_lowercase() == text.to_lowercase()
            });
        }
        match found.as_slice() {
            [only] => Ok(only),
            [] => Err(missing(text, owner)),
            several => {
                let lines: Vec<_> =
                    several.iter().map(|link| format!("{}  {}  {}", link.id(), link.title(), link.url())).collect();
                Err(Failure::usage(format!("`{text}` names {} links of {}:", several.len(), owner.name()))
                    .listing(lines.iter().map(String::as_str))
                    .advise("use the id or the address of one of them"))
            }
        }
    }
}

/// Whether a text is the short or the long form of a link's address. The host does not count,
/// because the portal writes its own (docs/portal/links.md#the-link-object).
fn is_address_of(text: &str, link: &RoomLink) -> bool {
    let Some(part) = secret_part(text) else {
        return false;
    };
    secret_part(link.url()) == Some(part) || link.key().is_some_and(|key| key.expose() == part)
}

/// Returns the part of an address that no other link has.
fn secret_part(address: &str) -> Option<&str> {
    let (_, path) = address.split_once("://")?;
    let part = match path.split_once("key=") {
        Some((_, key)) => key.split(['&', '#']).next(),
        None => path.split_once("/s/").map(|(_, code)| code.trim_end_matches('/')),
    };
    part.filter(|part| !part.is_empty())
}

fn missing(name: &str, owner: &Owner) -> Failure {
    Failure::not_found(format!(
        "no link of {} has the id, the title or the address `{name}`, or you are not allowed to see it",
        owner.name()
    ))
    .advise(format!("list the links with `{}`", hints::links_of(&owner.id().argument())))
}

/// Returns the primary link among the links of a room, folder or file.
pub(super) fn primary<'l>(owner: &Owner, links: &'l [RoomLink]) -> Result<&'l RoomLink, Failure> {
    links.iter().find(|link| link.is_primary()).ok_or_else(|| {
        Failure::not_found(format!("{} has no primary link, or you are not allowed to see it", owner.name()))
            .advise(format!(
                "list its links with `{}`, or create the primary link with `{}`",
                hints::links_of(&owner.id().argument()),
                hints::create_primary_link_of(&owner.id().argument())
            ))
            .explained_by(Topic::PRIMARY_LINK)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> LinkName {
        text.parse().expect("every text is a name")
    }

    #[test]
    fn link_names_are_ids_texts_or_primary() {
        assert_eq!(named("Primary"), LinkName::Primary);
        let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        assert_eq!(named(id), LinkName::Id(LinkId(id.parse().expect("an id"))));
        assert_eq!(named(" first "), LinkName::Text("first".to_owned()));
    }

    #[test]
    fn both_forms_of_an_address_have_a_secret_part() {
        for address in
            ["https://a.example/s/abc", "https://a.example/s/abc/", "http://a.example/rooms/share?key=abc&x=1"]
        {
            assert_eq!(secret_part(address), Some("abc"), "{address}");
        }
        for other in ["abc", "https://a.example/", "https://a.example/s/"] {
            assert_eq!(secret_part(other), None, "{other}");
        }
    }
}
