//! What a portal accepted although it is not worth describing.

use contract::recording::Step;

/// One place of a recorded exchange that the spec does not describe.
pub(crate) struct Fault<'f> {
    pub(crate) scenario: &'f str,
    pub(crate) step: &'f Step,
    pub(crate) operation: &'f str,
    pub(crate) place: &'f str,
    pub(crate) message: &'f str,
}

/// A kind of such places, and why it is left out.
pub(crate) struct Lenient {
    pub(crate) what: &'static str,
    pub(crate) why: &'static str,
    pub(crate) applies: fn(&Fault<'_>) -> bool,
}

pub(crate) const LENIENT: &[Lenient] = &[
    Lenient {
        what: "queries with `fields`, and their answers",
        why: "it picks properties, so that required ones are missing; no operation of the spec has it",
        applies: |fault| fault.step.query_names().iter().any(|name| name == "fields"),
    },
    Lenient {
        what: "enums in a query by a name, in any case",
        why: "the client sends the number, or the name as it is written in the spec",
        applies: |fault| fault.place.starts_with("query ") && fault.message.starts_with('"') && names_no_member(fault),
    },
    Lenient {
        what: "lists in a query with an index, as in `type[0]`",
        why: "the client repeats the name",
        applies: |fault| fault.place.starts_with("query ") && fault.place.ends_with(']'),
    },
    Lenient {
        what: "enums in a body that are not written as their number",
        why: "what is no exact name is taken for 0, which removes or revokes, so the client sends the number",
        applies: |fault| {
            let spelled = ["links/access-spelling", "rooms/create-room-type-spelling", "members/share"];
            let places = ["/access", "/roomType"];
            spelled.contains(&fault.scenario) && places.iter().any(|end| fault.place.ends_with(end))
        },
    },
    Lenient {
        what: "members that the portal does without",
        why: "its defaults revoke, do nothing, or fail later, so the client must say what it means",
        applies: |fault| {
            names(
                fault,
                "is a required property",
                &[
                    ("setRoomLink", "access"),
                    ("setRoomLink", "linkType"),
                    ("setMembers", "invitations"),
                    ("setRoomQuota", "roomIds"),
                    ("setRoomQuota", "quota"),
                    ("resetRoomQuota", "roomIds"),
                    ("archiveRoom", "deleteAfter"),
                    ("unarchiveRoom", "deleteAfter"),
                    ("createTemplate", "title"),
                ],
            )
        },
    },
    Lenient {
        what: "members that the portal ignores",
        why: "a client that could send them would promise something",
        applies: |fault| {
            names(
                fault,
                "Additional properties",
                &[
                    ("setRoomLink", "primary"),
                    ("setRoomLink", "currentUseCount"),
                    ("updateRoom", "private"),
                    ("resetRoomQuota", "quota"),
                ],
            )
        },
    },
    Lenient {
        what: "the id of an operation that cannot be one",
        why: "the portal answers with an empty list; the client's ids have a type",
        applies: |fault| fault.operation == "listOperations" && fault.message.contains("is not a \"uuid\""),
    },
];

/// Whether the message is of this kind and about one of these members of a body.
fn names(fault: &Fault<'_>, kind: &str, members: &[(&str, &str)]) -> bool {
    let named = |member: &str| {
        fault.message.contains(&format!("\"{member}\"")) || fault.message.contains(&format!("'{member}'"))
    };
    fault.place == "body"
        && fault.message.contains(kind)
        && members.iter().any(|(operation, member)| *operation == fault.operation && named(member))
}

/// Whether it is about a value, not about a property that is missing.
fn names_no_member(fault: &Fault<'_>) -> bool {
    fault.message.contains("is not of type \"integer\"") || fault.message.contains("is not one of")
}
