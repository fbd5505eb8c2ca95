//! Bodies of events as a portal writes them, for tests of a receiver.

use std::io::{self, Write};

use docspace::Timestamp;
use docspace::webhooks::Trigger;
use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};
use serde_json::{Value, json};
use uuid::Uuid;

/// The person who acts in the events.
const PERSON: Uuid = Uuid::from_u128(0x66fa_a6e4_f133_11ea_b126_00ff_eec8_b4ef);

/// The values of an event that differ from call to call.
pub(super) struct Event<'e> {
    pub(super) trigger: &'e Trigger,
    /// The id of the event. It rises with each event.
    pub(super) id: i64,
    /// The title of the room, folder or file, or the name of the person or people group.
    pub(super) title: &'e str,
    /// The id of the room, folder or file.
    pub(super) entry: i32,
    /// The address of the receiver.
    pub(super) url: &'e str,
    pub(super) at: Timestamp,
}

impl Event<'_> {
    /// Returns the bytes of the body: the fields that a portal sends, in its order.
    /// (docs/portal/webhooks.md#body)
    pub(super) fn body(&self) -> io::Result<Vec<u8>> {
        let at = self.at.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let payload = match self.trigger.subject() {
            "user" => json!({
                "id": PERSON, "firstName": self.title, "lastName": "Example", "userName": "example", "status": 1,
                "activationStatus": 1, "email": "person@example.com", "lastModified": at, "tenantId": 1,
                "createDate": at, "createdBy": PERSON, "checkActivation": true,
            }),
            "group" => json!({"id": PERSON, "name": self.title, "authenticationType": "ASC", "key": PERSON}),
            subject => self.entry(subject, &at),
        };
        let event = json!({
            "id": self.id, "createOn": at, "createBy": PERSON, "trigger": self.trigger.name(),
            "triggerId": self.trigger.bit(),
        });
        let webhook = json!({"id": 1, "name": "docspace webhooks send", "url": self.url, "triggers": ["*"]});
        // serde_json may sort the fields of an object, so the three parts are written one by one.
        let mut body = b"{\"event\":".to_vec();
        write_like_a_portal(&event, &mut body)?;
        body.extend(b",\"payload\":");
        write_like_a_portal(&payload, &mut body)?;
        body.extend(b",\"webhook\":");
        write_like_a_portal(&webhook, &mut body)?;
        body.push(b'}');
        Ok(body)
    }

    fn entry(&self, subject: &str, at: &str) -> Value {
        json!({
            "id": self.entry, "parentId": 1, "securityByUsers": {}, "folderIdDisplay": 1, "rootId": 1,
            "title": self.title, "createBy": PERSON, "modifiedBy": PERSON, "createOn": at, "modifiedOn": at,
            "rootFolderType": 14, "rootCreateBy": PERSON, "fileEntryType": if subject == "file" { 2 } else { 1 },
        })
    }
}

/// Writes JSON in ASCII, with the characters escaped that a portal escapes. A receiver that parses
/// a body and writes it again gets other bytes. (docs/portal/webhooks.md#bytes)
fn write_like_a_portal(value: &Value, body: &mut Vec<u8>) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(body, Escaping)).map_err(io::Error::from)
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        for letter in fragment.chars() {
            if letter.is_ascii() && !"&'+<>`".contains(letter) {
                writer.write_all(letter.encode_utf8(&mut [0; 4]).as_bytes())?;
                continue;
            }
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04X}")?;
            }
        }
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::Quote => writer.write_all(b"\\u0022"),
            CharEscape::ReverseSolidus => writer.write_all(b"\\\\"),
            CharEscape::Solidus => writer.write_all(b"/"),
            CharEscape::Backspace => writer.write_all(b"\\b"),
            CharEscape::FormFeed => writer.write_all(b"\\f"),
            CharEscape::LineFeed => writer.write_all(b"\\n"),
            CharEscape::CarriageReturn => writer.write_all(b"\\r"),
            CharEscape::Tab => writer.write_all(b"\\t"),
            CharEscape::AsciiControl(byte) => write!(writer, "\\u{byte:04X}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use docspace::webhooks::{Payload, Receiver};

    use super::*;

    #[test]
    fn characters_are_escaped_like_those_of_a_portal() {
        let mut body = Vec::new();
        write_like_a_portal(&json!("Ü & \"x\" 'y' + <z> ` \\ / 👩"), &mut body).expect("a body");
        let expected = r#""\u00DC \u0026 \u0022x\u0022 \u0027y\u0027 \u002B \u003Cz\u003E \u0060 \\ / \uD83D\uDC69""#;
        assert_eq!(String::from_utf8(body).expect("ASCII"), expected);
    }

    #[test]
    fn every_event_type_is_read_as_its_payload() {
        for (trigger, name) in super::super::trigger::known() {
            let at = "2026-11-28T02:46:26Z".parse().expect("a date");
            let event = Event { trigger, id: 7, title: "Q&A", entry: 17, url: "http://127.0.0.1/", at };
            let body = event.body().expect("a body");
            let receiver = Receiver::new("Wh-Secr3t.2026");
            let delivery = receiver.receive(&body, &receiver.sign(&body)).expect("a delivery");
            assert_eq!((delivery.event.trigger.name(), delivery.event.id), (*name, 7));
            let is_other = matches!(delivery.payload, Payload::Other(_));
            assert_eq!(is_other, matches!(trigger.subject(), "form" | "agent"), "{name}");
        }
    }
}
