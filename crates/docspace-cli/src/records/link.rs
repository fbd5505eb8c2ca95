//! The printed fields of a link.

use docspace::{Room, RoomId, RoomLink};
use serde_json::json;

use crate::output::{Field, Record, Tone, local_time, optional_instant};
use crate::text::kebab;

/// A link as it is printed. The portal returns passwords in plain text to callers who can list
/// links; the program shows only whether there is one.
pub(crate) struct LinkRecord(pub(crate) RoomLink, pub(crate) LinkRoom);

/// The room of a link, as it is printed.
#[derive(Clone, Debug)]
pub(crate) struct LinkRoom {
    pub(crate) id: RoomId,
    /// `None` if the room could not be read after a link was created.
    pub(crate) title: Option<String>,
    /// Whether the link is printed among links of other rooms.
    is_one_of_several: bool,
}

impl LinkRoom {
    /// The only room whose links are printed.
    pub(crate) fn only(room: &Room) -> Self {
        Self::with_title(room.id.clone(), Some(room.title.clone()))
    }

    /// The only room whose links are printed, if it may not have been read.
    pub(crate) fn with_title(id: RoomId, title: Option<String>) -> Self {
        Self { id, title, is_one_of_several: false }
    }

    /// One of several rooms whose links are printed.
    pub(crate) fn one_of_several(room: &Room) -> Self {
        Self { is_one_of_several: true, ..Self::only(room) }
    }
}

impl Record for LinkRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the address is worth more than the id: commands accept both.
        Field::<Self>::id(|link| json!(link.0.id().0)).priority(35),
        Field::<Self>::detail("roomId", |link| json!(link.1.id)).never_cut().priority(75),
        Field::<Self>::detail("room", |link| json!(link.1.title)).priority(85),
        Field::<Self>::column("kind", |link| json!(kind(&link.0))).never_cut().priority(60),
        Field::<Self>::column("access", |link| json!(kebab(&link.0.access.to_string()))).never_cut().priority(70),
        Field::<Self>::column("title", |link| json!(link.0.title())).priority(90),
        Field::<Self>::column("expires", |link| optional_instant(link.0.shared_link.expiration_date))
            .never_cut()
            .priority(80)
            .shown(|link| json!(expiry(&link.0)))
            .tone(|link| if link.0.is_expired() { Tone::Bad } else { Tone::Plain }),
        Field::<Self>::column("password", |link| json!(link.0.shared_link.password.is_some())).never_cut().priority(40),
        Field::<Self>::column("url", |link| json!(link.0.url())).never_cut().priority(100),
        Field::detail("expired", |link| json!(link.0.is_expired())),
        Field::detail("internal", |link| json!(link.0.shared_link.internal)),
        Field::detail("denyDownload", |link| json!(link.0.shared_link.deny_download)),
        Field::detail("uses", |link| json!(link.0.shared_link.current_use_count)),
        Field::detail("maxUses", |link| json!(link.0.shared_link.max_use_count)),
    ];

    fn has_column(&self, field: &Field<Self>) -> bool {
        field.column || self.1.is_one_of_several && ["roomId", "room"].contains(&field.name)
    }
}

/// Returns the expiry for a person, who has to see without colors that it has passed.
pub(crate) fn expiry(link: &RoomLink) -> String {
    match link.expires().filter(|date| !date.is_unset()) {
        None => "never".to_owned(),
        Some(date) if link.is_expired() => format!("{} (expired)", local_time(date)),
        Some(date) => local_time(date),
    }
}

fn kind(link: &RoomLink) -> &'static str {
    if link.is_invitation() {
        "invitation"
    } else if link.is_primary() {
        "primary"
    } else {
        "external"
    }
}
