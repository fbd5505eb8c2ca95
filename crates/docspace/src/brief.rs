//! Short `Debug` output, which fits a line of a log.

/// Implements `Debug` with a few fields only. Without it, the output of every handle and builder
/// would contain the whole request.
///
/// ```text
/// brief_debug!(EditRoom, |edit| room: edit.id);     // EditRoom { room: 17, .. }
/// ```
macro_rules! brief_debug {
    ($type:ident, |$this:ident| $($field:ident: $value:expr),+) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let $this = self;
                f.debug_struct(stringify!($type))
                    $(.field(stringify!($field), &format_args!("{}", $value)))+
                    .finish()
            }
        }
    };
}
pub(crate) use brief_debug;

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use crate::people::PersonType;
    use crate::{Access, Portal, RoomType};

    #[track_caller]
    fn is_brief(value: &impl Debug, expected: &str) {
        let text = format!("{value:?}");
        assert_eq!(text, expected);
        assert!(text.len() < 100, "{text}");
    }

    #[test]
    fn handles_name_the_object() {
        let portal = Portal::builder("https://acme.onlyoffice.com").api_key("sk-hunter2").build().unwrap();
        let (room, template) = (portal.room(17), portal.template(23));
        is_brief(&portal, r#"Portal { url: "https://acme.onlyoffice.com/", credentials: ApiKey }"#);
        is_brief(&Portal::builder("https://acme.com").token("hunter2"), "PortalBuilder { credentials: Token, .. }");
        is_brief(&room, "RoomHandle { id: 17 }");
        is_brief(&template, "TemplateHandle { id: 23 }");
        is_brief(&room.links(), "Links { of: room 17 }");
        is_brief(&portal.folder(5).links(), "Links { of: folder 5 }");
        is_brief(&room.members(), "Members { room: 17 }");
        is_brief(&room.members().set(), "SetMembers { room: 17, changes: 0 }");
        is_brief(&portal.visitor("hunter2"), "Visitor { portal: https://acme.onlyoffice.com/ }");
    }

    #[test]
    fn nouns_and_builders_fit_a_line() {
        let portal = Portal::builder("https://acme.onlyoffice.com").api_key("sk-hunter2").build().unwrap();
        let (room, template) = (portal.room(17), portal.template(23));
        let (rooms, people, link) = (portal.rooms(), portal.people(), crate::links::LinkId(uuid::Uuid::nil()));
        let all: [&dyn Debug; 22] = [
            &rooms,
            &portal.templates(),
            &portal.room_groups(),
            &people,
            &portal.people_groups(),
            &portal.tags(),
            &portal.keys(),
            &portal.operations(),
            &rooms.list().search("audit"),
            &rooms.many([1, 2, 3]),
            &rooms.create("Audit 2026", RoomType::Custom).tags(["audit"]),
            &room.edit().title("Audit 2027").tags(["audit"]),
            &room.save_as_template("Audit").copy_logo(),
            &template.create_room("Audit 2027").copy_logo(),
            &room.links().create(Access::Read).password("hunter2").title("For the client"),
            &room.links().invite(Access::Read).title("For the client"),
            &room.links().update(link).password("hunter2"),
            &portal.keys().create("nightly"),
            &people.list().search("ann"),
            &people.create("ann@acme.com", "Ann", "Lee", PersonType::User),
            &portal.people_groups().create("Auditors"),
            &portal.rooms().many([1]).archive(),
        ];
        for value in all {
            let text = format!("{value:?}");
            assert!(text.len() < 100 && !text.contains("hunter2"), "{text}");
        }
    }
}
