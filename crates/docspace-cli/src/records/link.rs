//! The printed fields of a link.

use docspace::RoomLink;
use serde_json::json;

use crate::output::{Field, Record, optional_instant};
use crate::text::kebab;

/// A link as it is printed. The portal returns passwords in plain text to callers who can list
/// links; the program shows only whether there is one.
pub(crate) struct LinkRecord(pub(crate) RoomLink);

impl Record for LinkRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::column("id", |link| json!(link.0.id().0)),
        Field::column("kind", |link| json!(kind(&link.0))),
        Field::column("access", |link| json!(kebab(&link.0.access.to_string()))),
        Field::column("title", |link| json!(link.0.title())),
        Field::column("expires", |link| optional_instant(link.0.shared_link.expiration_date)),
        Field::column("password", |link| json!(link.0.shared_link.password.is_some())),
        Field::column("url", |link| json!(link.0.url())),
        Field::detail("expired", |link| json!(link.0.is_expired())),
        Field::detail("internal", |link| json!(link.0.shared_link.internal)),
        Field::detail("denyDownload", |link| json!(link.0.shared_link.deny_download)),
        Field::detail("uses", |link| json!(link.0.shared_link.current_use_count)),
        Field::detail("maxUses", |link| json!(link.0.shared_link.max_use_count)),
    ];
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
