//! Candidates from the portal: rooms, templates, tags, links and people.

use std::ffi::OsStr;
use std::time::Duration;

use clap_complete::engine::CompletionCandidate;
use docspace::Portal;
use docspace::people::{PersonStatus, Profile};
use docspace::rooms::{ListRooms, SearchArea};
use futures::{StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};

use super::cache::Cache;
use super::words::{before_cursor, unquoted};
use crate::args::LinkPlace;
use crate::failure::Failure;
use crate::login::Login;
use crate::text::{kebab, plain};

/// The time limit for the answer of the portal. A person who presses Tab does not wait longer.
const TIME_LIMIT: Duration = Duration::from_millis(1500);

/// The largest number of rooms, templates or people that are read.
const MAX_COUNT: usize = 500;

/// The name of the flag that allows plain HTTP, and its variable.
const ALLOW_HTTP: (&str, &str) = ("--allow-http", "DOCSPACE_ALLOW_HTTP");

/// The things of the portal that an argument names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Source {
    Rooms,
    Templates,
    Tags,
    /// The links of the room, folder or file that precedes the cursor.
    Links,
    People,
}

/// Something that an argument can name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Value {
    /// The id, or the name if that is the only one.
    id: String,
    /// Another name that an argument can have, such as the title of a room.
    title: Option<String>,
    /// The description for the person.
    description: String,
}

/// Returns the candidates for a word. Returns none if there is no login, or if the portal does not
/// answer in time.
pub(super) fn candidates(source: Source, word: &OsStr) -> Vec<CompletionCandidate> {
    let word = word.to_string_lossy();
    let values = values(source).unwrap_or_default();
    values.iter().filter_map(|value| candidate(value, &unquoted(&word))).collect()
}

/// Returns the candidate for a value: its id or, if that does not begin with the word, its title.
fn candidate(value: &Value, word: &str) -> Option<CompletionCandidate> {
    let is_begun = |name: &str| name.to_lowercase().starts_with(&word.to_lowercase()) && !name.starts_with('-');
    let title = value.title.as_deref();
    let (name, description) = match is_begun(&value.id) {
        true => (value.id.as_str(), value.description.as_str()),
        false => (title.filter(|title| is_begun(title))?, value.id.as_str()),
    };
    let description = Some(description).filter(|description| !description.is_empty());
    Some(CompletionCandidate::new(name).help(description.map(|text| text.to_owned().into())))
}

fn values(source: Source) -> Option<Vec<Value>> {
    let words = before_cursor();
    let room = if source == Source::Links { Some(room_in(&words)?) } else { None };
    let login = Login::find(None).ok()?;
    let cache = Cache::new(&(&login.url, source, room));
    if let Some(values) = cache.as_ref().and_then(Cache::read) {
        return Some(values);
    }
    let (flag, variable) = ALLOW_HTTP;
    let is_enabled = |value: String| matches!(value.as_str(), "1" | "true");
    let allow_http = words.iter().any(|word| word == flag) || std::env::var(variable).is_ok_and(is_enabled);
    let portal = login.portal(allow_http).ok()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let values = runtime.block_on(async { tokio::time::timeout(TIME_LIMIT, read(&portal, source, room)).await });
    // The look-up of a host cannot be canceled, so the program does not wait for it.
    runtime.shutdown_background();
    let values = values.ok()?.ok()?;
    if let Some(cache) = cache {
        cache.write(&values);
    }
    Some(values)
}

/// Returns the room of a command line such as `docspace links view Audit`.
fn room_in(words: &[String]) -> Option<&str> {
    const COMMANDS: usize = 3;
    words.iter().filter(|word| !word.starts_with('-')).nth(COMMANDS).map(String::as_str)
}

async fn read(portal: &Portal, source: Source, room: Option<&str>) -> Result<Vec<Value>, Failure> {
    match (source, room) {
        (Source::Rooms, _) => rooms(portal.rooms().list().area(SearchArea::Any)).await,
        (Source::Templates, _) => rooms(portal.templates().list()).await,
        (Source::Tags, _) => {
            let tags = portal.tags().list().await?;
            Ok(tags.iter().map(|tag| Value { id: plain(tag), title: None, description: String::new() }).collect())
        }
        (Source::Links, Some(room)) => {
            let place: LinkPlace = room.parse().map_err(Failure::usage)?;
            links(portal, &place).await
        }
        (Source::Links, None) => Ok(Vec::new()),
        (Source::People, _) => people(portal).await,
    }
}

async fn rooms(list: ListRooms) -> Result<Vec<Value>, Failure> {
    let rooms: Vec<_> = list.stream().take(MAX_COUNT).try_collect().await?;
    let value = |room: &docspace::Room| {
        let title = plain(&room.title);
        let archived = if room.is_archived() { " (archived)" } else { "" };
        Value { id: room.id.to_string(), description: format!("{title}{archived}"), title: Some(title) }
    };
    Ok(rooms.iter().map(value).collect())
}

async fn links(portal: &Portal, place: &LinkPlace) -> Result<Vec<Value>, Failure> {
    let links = place.links(portal).await?.list().await?;
    let value = |link: &docspace::RoomLink| {
        let title = plain(link.title());
        let access = kebab(&link.access.to_string());
        Value { id: link.id().to_string(), description: format!("{title}, {access}"), title: Some(title) }
    };
    Ok(links.iter().map(value).collect())
}

async fn people(portal: &Portal) -> Result<Vec<Value>, Failure> {
    let list = portal.people().list().status(PersonStatus::All);
    let people: Vec<_> = list.stream().take(MAX_COUNT).try_collect().await?;
    let value = |person: &Profile| {
        let name = plain(&person.display_name);
        Some(Value { id: plain(person.email.as_deref()?), title: None, description: name })
    };
    Ok(people.iter().filter_map(value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_complete_ids_and_titles() {
        let value = Value {
            id: "17".to_owned(),
            title: Some("Audit 2026".to_owned()),
            description: "Audit 2026 (archived)".to_owned(),
        };
        let found = |word| {
            let candidate = candidate(&value, word)?;
            let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
            Some(format!("{} | {help}", candidate.get_value().to_string_lossy()))
        };
        assert_eq!(found("").as_deref(), Some("17 | Audit 2026 (archived)"));
        assert_eq!(found("1").as_deref(), Some("17 | Audit 2026 (archived)"));
        assert_eq!(found("aud").as_deref(), Some("Audit 2026 | 17"));
        assert_eq!(found("2026"), None);
    }

    #[test]
    fn room_of_a_link_follows_the_command() {
        let room = |line: &str| {
            let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
            room_in(&words).map(str::to_owned)
        };
        assert_eq!(room("docspace links view --allow-http 17").as_deref(), Some("17"));
        assert_eq!(room("docspace links view"), None);
    }
}
