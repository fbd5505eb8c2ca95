//! The topics of the book that explain known traps of a portal.

use docspace::ErrorKind::{self, *};

/// The name of a topic of the book, such as `links/passwords`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Topic(&'static str);

impl Topic {
    pub(crate) const LIST_OF_OPERATIONS: Self = Self("operations/what-removes-a-finished-record");
    pub(crate) const PRIMARY_LINK: Self = Self("links/the-primary-link");
    pub(crate) const QUOTAS_OFF: Self = Self("tags-groups-logos-quotas/switching-room-quotas");
    pub(crate) const TEMPLATES_IN_LISTS: Self = Self("lists/search-areas");

    pub(super) fn name(self) -> &'static str {
        self.0
    }
}

/// The topics for failures that the program itself finds.
#[cfg(test)]
const OWN: [Topic; 4] = [Topic::LIST_OF_OPERATIONS, Topic::PRIMARY_LINK, Topic::QUOTAS_OFF, Topic::TEMPLATES_IN_LISTS];

/// Any kind of error, and any call.
const ANY: &[ErrorKind] = &[];
const EACH: &[&str] = &[];

const LINKS: &[&str] = &[
    "create_room_link",
    "create_room_invitation",
    "update_room_link",
    "get_primary_room_link",
    "create_folder_link",
    "update_folder_link",
    "get_primary_folder_link",
    "create_file_link",
    "update_file_link",
    "get_primary_file_link",
];
const REVOCATIONS: &[&str] = &["revoke_room_link", "revoke_folder_link", "revoke_file_link"];
const READS: &[&str] = &["get_room_link", "get_folder_link", "get_file_link"];
const JOBS: &[&str] = &["create_template", "create_room_from_template"];
const LIFECYCLE: &[&str] = &["archive_room", "unarchive_room", "delete_room"];
const DATABASE: &[&str] = &["start_external_db_sync", "get_external_db_sync"];

/// The kinds, the calls and a part of the text of an error, and the topic that explains it. The
/// text is that of the library, because the portal's own depends on the language of the caller,
/// except where the portal has only one.
type Rule = (&'static [ErrorKind], &'static [&'static str], &'static str, Topic);

/// In the order in which they are tried: special ones before general ones.
const RULES: &[Rule] = &[
    (ANY, EACH, "the room is in the archive", Topic("permissions/an-archived-room")),
    (ANY, EACH, "this call needs", Topic("keys-and-scopes/when-a-scope-is-missing")),
    (&[NotFound], &["list_rooms"], "", Topic("requests-and-answers/addresses")),
    (&[NotFound], &["get_room", "find_room"], "", Topic("errors/missing-room-ids")),
    (&[Decode], EACH, "", Topic("requests-and-answers/addresses")),
    (&[Unexpected], EACH, "(405)", Topic("coming-from-the-sdks")),
    (&[Unauthorized], &["authenticate"], "code", Topic("credentials/second-factor")),
    (&[Unauthorized], &["authenticate"], "second factor", Topic("credentials/second-factor")),
    (&[Unauthorized, Forbidden], &["authenticate"], "", Topic("credentials/failures")),
    (&[Unauthorized], EACH, "", Topic("credentials/when-the-portal-refuses-a-credential")),
    (&[RateLimited], EACH, "", Topic("limits/the-answer-429")),
    (&[QuotaExceeded], EACH, "", Topic("tags-groups-logos-quotas/over-the-quota")),
    (&[Conflict], LINKS, "has at most", Topic("links/access-and-limits-per-room-type")),
    (&[Invalid], LINKS, "this folder", Topic("links/links-of-folders-and-files")),
    (&[Invalid], LINKS, "this file", Topic("links/links-of-folders-and-files")),
    (&[Invalid], LINKS, "cannot have external links", Topic("links/access-and-limits-per-room-type")),
    (&[Invalid], LINKS, "only its primary link", Topic("links/access-and-limits-per-room-type")),
    (&[Invalid], LINKS, "cannot give", Topic("links/access-and-limits-per-room-type")),
    (&[Invalid], EACH, "the expiry ", Topic("links/expiry-dates")),
    (&[Invalid], LINKS, "expire", Topic("links/expiry-dates")),
    (&[Invalid], LINKS, "assword", Topic("links/passwords")),
    (&[NotDone], LINKS, "returned no link", Topic("links/links-of-folders-and-files")),
    (&[NotDone], LINKS, "different", Topic("links/updating-a-link")),
    (&[NotDone], REVOCATIONS, "", Topic("links/concurrent-calls")),
    (&[NotFound], READS, "", Topic("links/listing-links")),
    (&[Conflict], &["pin_room"], "", Topic("tags-groups-logos-quotas/pins")),
    (&[Conflict], &["create_tag", "rename_tag"], "", Topic("tags-groups-logos-quotas/names-that-count-as-the-same")),
    (&[Invalid], EACH, "(Parameter 'icon')", Topic("tags-groups-logos-quotas/covers")),
    (&[Invalid], EACH, "characters; at most", Topic("dates-and-names/length")),
    (
        &[Server],
        &["set_room_quota", "reset_room_quota"],
        "",
        Topic("tags-groups-logos-quotas/setting-quotas-of-many-rooms"),
    ),
    (&[Conflict, Forbidden], &["start_index_export"], "", Topic("exports/starting-an-export")),
    (ANY, DATABASE, "", Topic("exports/synchronizing-a-room")),
    (&[NotDone, NotFound], JOBS, "", Topic("templates/errors-of-a-job")),
    (&[Conflict, Timeout], JOBS, "", Topic("templates/one-job-of-a-kind-at-a-time")),
    (&[Invalid], EACH, "list the templates to find the id", Topic("templates/listing-and-deleting")),
    (&[Timeout], LIFECYCLE, "", Topic("operations/capacity")),
    (&[NotDone], LIFECYCLE, "", Topic("operations/how-to-know-the-end")),
    (&[NotDone, Forbidden], &["change_owner"], "", Topic("rooms/changing-the-owner")),
    (&[Invalid], &["set_members"], "cannot be", Topic("members/roles-per-room-type")),
    (&[NotFound], &["set_members"], "no person on the portal", Topic("members/naming-people-by-e-mail")),
    (&[NotDone, Forbidden], &["set_members"], "", Topic("members/how-the-call-fails")),
    (&[Server, Invalid], &["create_key"], "", Topic("keys-and-scopes/failures-of-a-create")),
    (&[Invalid], &["rotate_key"], "the key expired", Topic("keys-and-scopes/changing-a-key")),
    (&[NotDone], &["update_key", "delete_key"], "", Topic("keys-and-scopes/who-may-manage-keys")),
    (&[NotDone], &["invite_people"], "", Topic("people/inviting-people-to-the-portal")),
    (&[Conflict], &["create_person"], "", Topic("people/creating-and-changing-people")),
    (&[Server], EACH, "Object reference not set", Topic("errors/statuses")),
    (&[Forbidden], EACH, "(403)", Topic("permissions")),
];

/// Returns the topic that explains an error with this text, the advice included.
pub(super) fn topic_of(kind: ErrorKind, call: Option<&str>, text: &str) -> Option<Topic> {
    let applies = |(kinds, calls, part, _): &&Rule| {
        (kinds.is_empty() || kinds.contains(&kind))
            && (calls.is_empty() || call.is_some_and(|call| calls.contains(&call)))
            && text.contains(part)
    };
    RULES.iter().find(applies).map(|(.., topic)| *topic)
}

/// Returns the names of all topics of failures.
#[cfg(test)]
pub(crate) fn topic_names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(.., topic)| *topic).chain(OWN).map(Topic::name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_traps_have_a_topic() {
        for (kind, call, text, topic) in [
            (
                NotFound,
                "list_rooms",
                "cannot list rooms: not found (404); check the id and the portal's address",
                "requests-and-answers/addresses",
            ),
            (NotFound, "get_room", "cannot get room 4711: not found (404)", "errors/missing-room-ids"),
            (
                Unexpected,
                "get",
                "cannot get files/rooms: the answer has an unexpected status (405)",
                "coming-from-the-sdks",
            ),
            (
                Unauthorized,
                "authenticate",
                "the account requires a code from its authenticator app; sign in with that code",
                "credentials/second-factor",
            ),
            (Unauthorized, "authenticate", "the portal does not accept the credentials (401)", "credentials/failures"),
            (
                Unauthorized,
                "list_rooms",
                "the portal does not accept the credentials (401)",
                "credentials/when-the-portal-refuses-a-credential",
            ),
            (
                Forbidden,
                "create_room",
                "the API key has the scope rooms:read; this call needs rooms:write or *:write",
                "keys-and-scopes/when-a-scope-is-missing",
            ),
            (RateLimited, "create_key", "too many calls (429)", "limits/the-answer-429"),
            (QuotaExceeded, "create_room", "a quota is used up (402)", "tags-groups-logos-quotas/over-the-quota"),
            (
                Forbidden,
                "update_room",
                "the portal does not allow it (403); the room is in the archive: restore it first",
                "permissions/an-archived-room",
            ),
            (
                Conflict,
                "create_room_link",
                "a Custom room has at most 5 such links, and this one has `A`",
                "links/access-and-limits-per-room-type",
            ),
            (
                Invalid,
                "create_room_invitation",
                "an invitation link of a room of type Public cannot give Editing; use one of ContentCreator, Read",
                "links/access-and-limits-per-room-type",
            ),
            (
                Invalid,
                "create_file_link",
                "an external link of this file cannot give Comment; use one of Read",
                "links/links-of-folders-and-files",
            ),
            (Invalid, "update_room_link", "the expiry 2026-01-01T00:00:00Z has passed", "links/expiry-dates"),
            (Conflict, "pin_room", "10 rooms are already pinned: `A`", "tags-groups-logos-quotas/pins"),
            (
                Conflict,
                "create_tag",
                "the tag `Audit` already exists",
                "tags-groups-logos-quotas/names-that-count-as-the-same",
            ),
            (
                Invalid,
                "create_room",
                "(400): Value does not fall within the expected range. (Parameter 'icon')",
                "tags-groups-logos-quotas/covers",
            ),
            (
                Conflict,
                "start_index_export",
                "another export of the same person is in progress",
                "exports/starting-an-export",
            ),
            (
                Server,
                "start_external_db_sync",
                "(500): Object reference not set to an instance of an object",
                "exports/synchronizing-a-room",
            ),
            (
                NotDone,
                "create_template",
                "Object reference not set to an instance of an object",
                "templates/errors-of-a-job",
            ),
            (Timeout, "archive_room", "the portal did not finish within 10 min", "operations/capacity"),
            (
                NotDone,
                "change_owner",
                "the portal reported success, but the owner did not change",
                "rooms/changing-the-owner",
            ),
            (Invalid, "set_members", "gus is a Guest and cannot be RoomManager", "members/roles-per-room-type"),
            (Invalid, "rotate_key", "the key expired on 2026-01-01", "keys-and-scopes/changing-a-key"),
            (Server, "get_key", "(500): Object reference not set to an instance of an object", "errors/statuses"),
            (Forbidden, "update_room", "the portal does not allow it (403)", "permissions"),
        ] {
            assert_eq!(topic_of(kind, Some(call), text).map(Topic::name), Some(topic), "{call}: {text}");
        }
    }

    #[test]
    fn other_failures_have_no_topic() {
        assert_eq!(topic_of(Transport, Some("list_rooms"), "the connection was refused"), None);
        assert_eq!(topic_of(Invalid, None, "`x` is not a room id"), None);
    }
}
