//! Checks of a webhook before it is sent to the portal.

use url::Url;
use uuid::Uuid;

use super::Trigger;
use crate::error::{Error, Result};
use crate::portal::Portal;
use crate::support::input;

/// Maximum length of the name of a webhook (docs/portal/webhooks.md#how-a-create-fails).
const LONGEST_NAME: usize = 50;
/// Maximum length of the id of a target.
const LONGEST_TARGET: usize = 255;

pub(super) fn name(name: &str) -> Result<&str> {
    input::name("webhook", name, LONGEST_NAME)
}

pub(super) fn address(text: &str) -> Result<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| {
        Error::invalid(format!("`{}` is not an address to send events to", docspace_api::printable(text)))
            .advise("write it like https://example.com/docspace")
    })
}

/// A portal does not deliver to an http address if it requires https.
pub(super) fn ssl(url: &Url, on: bool) -> Result<()> {
    match on && url.scheme() == "http" {
        true => Err(Error::invalid("a webhook with an http address cannot require https")
            .advise("use an https address, or set `ssl` to false")),
        false => Ok(()),
    }
}

/// The number that stands for several triggers.
pub(super) fn sum(triggers: &[Trigger]) -> Result<i64> {
    if triggers.is_empty() {
        let reason = "the list of triggers is empty, which would mean all of them";
        return Err(Error::invalid(reason).advise("name triggers, or use `Trigger::All`"));
    }
    if triggers.contains(&Trigger::All) {
        return Ok(0);
    }
    triggers.iter().try_fold(0, |sum, trigger| {
        trigger.bit().map(|bit| sum | bit).ok_or_else(|| {
            let reason = format!("`{}` is not a trigger", docspace_api::printable(trigger.name()));
            Error::invalid(reason).advise("list the triggers of the portal with `Webhooks::triggers`")
        })
    })
}

/// Returns the id of a target as the portal writes it. A portal stores any text, and compares it
/// with the id of each event (docs/portal/webhooks.md#targets).
pub(super) fn target(id: &str) -> Result<String> {
    let id = id.trim();
    if let Some(number) = number(id) {
        return Ok(number.to_string());
    }
    if let Ok(id) = Uuid::try_parse(id) {
        return Ok(id.to_string());
    }
    if is_third_party(id) && id.len() <= LONGEST_TARGET {
        return Ok(id.to_owned());
    }
    Err(Error::invalid(format!("`{}` is not the id of a target", docspace_api::printable(id)))
        .advise("use the number of a room, folder or file, or the id of a person or people group"))
}

fn number(id: &str) -> Option<i32> {
    id.parse().ok().filter(|number| *number > 0)
}

/// Whether the id begins like `sbox-12`, as those of entries in third-party storage.
fn is_third_party(id: &str) -> bool {
    let Some((storage, rest)) = id.split_once('-') else { return false };
    !storage.is_empty()
        && storage.chars().all(|c| c.is_ascii_lowercase())
        && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Fails if no trigger can be about the target, so that the portal would never send anything.
pub(super) fn target_fits(id: Option<&str>, triggers: i64) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let is_of_people = Uuid::try_parse(id).is_ok();
    let fits = |trigger: &Trigger| match trigger.subject() {
        "user" | "group" => is_of_people,
        "room" | "folder" | "file" => !is_of_people,
        _ => true,
    };
    let triggers = Trigger::in_sum(triggers);
    if triggers.is_empty() || triggers.iter().any(fits) {
        return Ok(());
    }
    let (this, others) = match is_of_people {
        true => ("a person or people group", "rooms, folders and files"),
        false => ("a room, folder or file", "people and people groups"),
    };
    let id = docspace_api::printable(id);
    Err(Error::invalid(format!("the target `{id}` is {this}, but the triggers are about {others}"))
        .advise("choose triggers about the target, or another target"))
}

/// Sends the request with which the portal tests an address.
#[cfg(not(target_arch = "wasm32"))]
pub(super) async fn probe(portal: &Portal, url: &Url) -> Result<()> {
    use std::time::Duration;

    use docspace_api::ClientInfo as _;

    /// How long the portal waits for an answer (docs/portal/webhooks.md#the-head-request).
    const PATIENCE: Duration = Duration::from_secs(10);

    if !crate::platform::has_runtime() {
        return Ok(());
    }
    // Without credentials: the transport adds them to calls of the portal only.
    match portal.api().client().head(url.clone()).timeout(PATIENCE).send().await {
        Ok(answer) if !answer.status().is_success() => {
            let reason = format!("the receiver answers {} to `HEAD`", answer.status().as_u16());
            Err(Error::invalid(reason)
                .advise("let it answer `HEAD` with a status of 200 to 299, without a redirect or a signature"))
        }
        // Only the portal has to reach the receiver.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// A browser does not let a program read answers of other sites.
#[cfg(target_arch = "wasm32")]
pub(super) async fn probe(_: &Portal, _: &Url) -> Result<()> {
    Ok(())
}

/// The texts of the portal's HTTP client, which are the same in every language
/// (docs/portal/webhooks.md#how-a-create-fails).
const UNREACHABLE: [&str; 4] = ["Connection refused", "HttpClient.Timeout", "SSL connection", "sending the request"];

/// The beginning of the answer to a secret that breaks the password policy
/// (docs/portal/webhooks.md#how-a-create-fails).
const BAD_SECRET: &str = "Password must contain";

/// Explains two answers after which the portal has stored nothing: a failure of its `HEAD` request,
/// which it reports as its own failure, and one about a password, by which it means the secret.
pub(super) fn explain(error: Error) -> Error {
    let text = error.message().unwrap_or_default();
    match error.status() {
        Some(500) if UNREACHABLE.iter().any(|known| text.contains(known)) => {
            let advice = "start the receiver, and check that the server of the portal can reach it";
            error.bad_input("the portal cannot reach the address").advise(advice)
        }
        Some(400) if text.starts_with(BAD_SECRET) => {
            let advice = "use a secret that the password policy of the portal allows: by default 8 to 30 \
                          characters from `!` to `~`";
            error.bad_input("the portal does not accept the secret of the webhook").advise(advice)
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_must_be_http_or_https_with_a_host() {
        for good in ["https://example.com/x?y=1", "http://127.0.0.1:8081"] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in ["", "example.com", "ftp://example.com", "mailto:a@b.com", "http://", "/hook"] {
            assert!(address(bad).is_err(), "{bad}");
        }
        assert!(ssl(&address("http://example.com").unwrap(), true).is_err());
    }

    #[test]
    fn targets_must_be_ids_that_a_trigger_can_be_about() {
        let person = "6F9619FF-8B86-D011-B42D-00CF4FC964FF";
        for (id, written) in
            [(" 17 ", "17"), ("+017", "17"), (person, &*person.to_lowercase()), ("sbox-1-x", "sbox-1-x")]
        {
            assert_eq!(target(id).unwrap(), written);
        }
        for bad in ["", "0", "-17", "1.5", "Audit 2026", "room-x", "http://x/rooms/shared/17", &"sbox-1".repeat(50)] {
            assert!(target(bad).is_err(), "{bad}");
        }
        let (rooms, people) = (sum(&[Trigger::RoomCreated]).unwrap(), sum(&[Trigger::GroupUpdated]).unwrap());
        for (id, triggers, fits) in
            [("17", rooms, true), ("17", people, false), (person, rooms, false), (person, people | rooms, true)]
        {
            assert_eq!(target_fits(Some(id), triggers).is_ok(), fits, "{id} {triggers}");
            assert!(target_fits(Some(id), 0).is_ok() && target_fits(None, triggers).is_ok());
        }
    }

    #[test]
    fn several_triggers_are_one_number() {
        assert_eq!(sum(&[Trigger::RoomCreated, Trigger::FolderDownloaded]).unwrap(), 4_194_304 + (1 << 35));
        assert_eq!(sum(&[Trigger::RoomCreated, Trigger::All]).unwrap(), 0);
        assert!(sum(&[]).is_err() && sum(&[Trigger::from("room.painted")]).is_err());
    }
}
