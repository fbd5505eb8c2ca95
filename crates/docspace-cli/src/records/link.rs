//! The printed fields of a link.

use docspace::RoomLink;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::output::{Field, Name, Record, Tone, expiry_tone, local_time, optional_instant};

/// A link as it is printed. The portal returns passwords in plain text to callers who can list
/// links; the program shows only whether there is one.
pub(crate) struct LinkRecord(pub(crate) RoomLink);

impl Record for LinkRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the address is worth more than the id: commands accept both.
        Field::<Self>::id("Id of the link", &|link| link.0.id().0).priority(35),
        Field::<Self>::column("kind", "Kind of the link", &|link| kind(&link.0)).never_cut().priority(60),
        Field::<Self>::column("access", "Access of those who use the link", &|link| Name(link.0.access))
            .never_cut()
            .priority(70),
        Field::<Self>::column("title", "Title", &|link| link.0.title().to_owned()).priority(90),
        Field::<Self>::column("expires", "Time of expiry; null for a link that does not expire", &|link| {
            optional_instant(link.0.shared_link.expiration_date)
        })
        .never_cut()
        .priority(80)
        .shown(|link| json!(expiry(&link.0)))
        .tone(|link| match link.0.is_expired() {
            true => Tone::Bad,
            false => expiry_tone(link.0.shared_link.expiration_date),
        }),
        Field::<Self>::column("password", "Whether the link has a password", &|link| {
            link.0.shared_link.password.is_some()
        })
        .never_cut()
        .priority(40),
        Field::<Self>::column("url", "Address to send to people", &|link| link.0.url().to_owned())
            .never_cut()
            .priority(100),
        Field::<Self>::detail("expired", "Whether the link has expired", &|link| link.0.is_expired()),
        Field::<Self>::detail("internal", "Whether the link is only for people with an account", &|link| {
            link.0.shared_link.internal
        }),
        Field::<Self>::detail("denyDownload", "Whether visitors cannot download, copy or print", &|link| {
            link.0.shared_link.deny_download
        }),
        Field::<Self>::detail("uses", "Number of uses of an invitation link; null for other links", &|link| {
            link.0.shared_link.current_use_count
        }),
        Field::<Self>::detail(
            "maxUses",
            "Maximum number of uses of an invitation link; null without a limit",
            &|link| link.0.shared_link.max_use_count,
        ),
    ];
}

/// Returns the expiry for a person, who has to see without colors that it has passed.
fn expiry(link: &RoomLink) -> Option<String> {
    let date = link.shared_link.expiration_date.filter(|date| !date.is_unset())?;
    let passed = if link.is_expired() { " (expired)" } else { "" };
    Some(format!("{}{passed}", local_time(date)))
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum LinkKind {
    Invitation,
    Primary,
    External,
}

fn kind(link: &RoomLink) -> LinkKind {
    if link.is_invitation() {
        LinkKind::Invitation
    } else if link.is_primary() {
        LinkKind::Primary
    } else {
        LinkKind::External
    }
}
