//! What a portal accepts and the spec deliberately does not describe.

use contract::recording::Step;

/// A part of a recorded exchange that the spec does not describe.
pub(crate) struct Fault<'f> {
    pub(crate) scenario: &'f str,
    pub(crate) step: &'f Step,
    pub(crate) operation: &'f str,
    pub(crate) place: &'f str,
    pub(crate) message: &'f str,
}

/// A class of faults that are accepted, with the reason.
pub(crate) struct Lenient {
    pub(crate) description: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) applies: fn(&Fault<'_>) -> bool,
}

pub(crate) const LENIENT: &[Lenient] = &[
    Lenient {
        description: "calls with `fields` in the query, and their answers",
        reason: "such answers lack required properties; no operation of the spec has this parameter",
        applies: |fault| fault.step.query_names().iter().any(|name| name == "fields"),
    },
    Lenient {
        description: "enum values in a query written as names in any letter case, or as numbers",
        reason: "the client sends the number, or the name as spelled in the spec",
        applies: |fault| {
            let types = fault.place.starts_with("query employeeTypes");
            fault.place.starts_with("query ") && (types || fault.message.starts_with('"')) && is_wrong_value(fault)
        },
    },
    Lenient {
        description: "lists in a query written with an index, such as `type[0]`",
        reason: "the client repeats the name without an index",
        applies: |fault| fault.place.starts_with("query ") && fault.place.ends_with(']'),
    },
    Lenient {
        description: "enum values in a body that are not numbers",
        reason: "the portal takes a misspelled name for 0, which removes or revokes, so the client sends numbers",
        applies: |fault| {
            let spelled = [
                "links/access-spelling",
                "links/folders-and-files",
                "rooms/create-room-type-spelling",
                "members/by-email",
                "members/share",
            ];
            let places = ["/access", "/roomType"];
            spelled.contains(&fault.scenario) && places.iter().any(|end| fault.place.ends_with(end))
        },
    },
    Lenient {
        description: "types of people as numbers or in other letter case, and an undefined type of captcha",
        reason: "the client sends the names as spelled in the spec, and only defined types",
        applies: |fault| {
            let spelled = [("people/invite", "/type"), ("auth/code", "/recaptchaType")];
            spelled.iter().any(|(scenario, end)| fault.scenario == *scenario && fault.place.ends_with(end))
        },
    },
    Lenient {
        description: "missing members for which the portal has a default",
        reason: "the defaults revoke, do nothing, or fail later, so the spec requires these members",
        applies: |fault| {
            names(
                fault,
                "is a required property",
                &[
                    ("setRoomLink", "access"),
                    ("setRoomLink", "linkType"),
                    ("setFolderLink", "access"),
                    ("setFileLink", "access"),
                    ("createPrimaryFolderLink", "access"),
                    ("createPrimaryFileLink", "access"),
                    ("renameFolder", "title"),
                    ("createFolder", "title"),
                    ("deleteFolder", "deleteAfter"),
                    ("deleteFolder", "immediately"),
                    ("setMembers", "invitations"),
                    ("setRoomQuota", "roomIds"),
                    ("setRoomQuota", "quota"),
                    ("resetRoomQuota", "roomIds"),
                    ("archiveRoom", "deleteAfter"),
                    ("unarchiveRoom", "deleteAfter"),
                    ("createTemplate", "title"),
                    ("invitePeople", "type"),
                ],
            )
        },
    },
    Lenient {
        description: "webhooks with names of members in other letter case or unknown ones, and an empty filter",
        reason: "the client sends the names as spelled in the spec, and no empty filters",
        applies: |fault| {
            let requests = [
                ("webhooks/manage-create", "createWebhook"),
                ("webhooks/retries", "listWebhookDeliveries"),
                ("webhooks/retries@trust-0", "listWebhookDeliveries"),
            ];
            requests.contains(&(fault.scenario, fault.operation))
        },
    },
    Lenient {
        description: "webhooks whose id the recording does not have",
        reason: "a recording has one value for each placeholder, and this one was empty in the end",
        applies: |fault| {
            fault.scenario == "webhooks/manage-roles"
                && names(fault, "is a required property", &[("updateWebhook", "id")])
        },
    },
    Lenient {
        description: "names of members of a folder in other letter case",
        reason: "the client sends the names as spelled in the spec",
        applies: |fault| names(fault, "Additional properties", &[("createFolder", "TITLE"), ("renameFolder", "TITLE")]),
    },
    Lenient {
        description: "members that the portal ignores",
        reason: "they have no effect, so the client does not offer them",
        applies: |fault| {
            names(
                fault,
                "Additional properties",
                &[
                    ("setRoomLink", "primary"),
                    ("setRoomLink", "currentUseCount"),
                    ("setFolderLink", "linkType"),
                    ("updateRoom", "private"),
                    ("resetRoomQuota", "quota"),
                    ("createPeopleGroup", "unknown"),
                ],
            )
        },
    },
    Lenient {
        description: "copies of files with `toForm: false`",
        reason: "this is the default; the client does not convert files to forms",
        applies: |fault| names(fault, "Additional properties", &[("copyFileAs", "toForm")]),
    },
    Lenient {
        description: "quotas and places written as text",
        reason: "the client sends numbers",
        applies: |fault| {
            ["body/quota", "body/order"].contains(&fault.place) && fault.message.contains("is not of type \"integer\"")
        },
    },
    Lenient {
        description: "query parameters that the portal ignores",
        reason: "they have no effect, so the client does not offer them",
        applies: |fault| {
            let ignored = ["query sortBy", "query sortOrder"].contains(&fault.place);
            fault.operation == "findPeopleByStatus" && ignored && fault.message == "is not described"
        },
    },
    Lenient {
        description: "filters of the audit trail that fail or are ignored",
        reason: "a call with one of them fails or returns every event, so the client filters itself",
        applies: |fault| {
            let filters = ["query entryType", "query moduleType", "query productType"];
            fault.operation == "listAuditEvents"
                && filters.contains(&fault.place)
                && fault.message == "is not described"
        },
    },
    Lenient {
        description: "the key of a link in the query",
        reason: "the client sends the key in the header `Request-Token`",
        applies: |fault| fault.place == "query share" && fault.message == "is not described",
    },
    Lenient {
        description: "an operation id that is not a UUID",
        reason: "the portal answers with an empty list; the client sends only UUIDs",
        applies: |fault| fault.operation == "listOperations" && fault.message.contains("is not a \"uuid\""),
    },
];

/// Whether the message contains this text and names one of these members of a body.
fn names(fault: &Fault<'_>, text: &str, members: &[(&str, &str)]) -> bool {
    let named = |member: &str| {
        fault.message.contains(&format!("\"{member}\"")) || fault.message.contains(&format!("'{member}'"))
    };
    fault.place.starts_with("body")
        && fault.message.contains(text)
        && members.iter().any(|(operation, member)| *operation == fault.operation && named(member))
}

/// Whether the fault is a wrong value, not a missing property.
fn is_wrong_value(fault: &Fault<'_>) -> bool {
    fault.message.contains("is not of type \"") || fault.message.contains("is not one of")
}
