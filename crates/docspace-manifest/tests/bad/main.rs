//! Bad manifests and their messages: each key wrong in each way that the parser knows.
//!
//! `SNAPSHOTS=overwrite cargo test -p docspace-manifest --test bad` updates the golden text.

use std::fmt::Write;

use docspace_manifest::{Source, parse};
use snapbox::{Assert, Data};

/// Values of another form than the one a key has.
const FORMS: [&str; 6] = ["", "''", "text", "5", "[[]]", "{a: b}"];

/// The keys of a room, besides those whose values are long.
const ROOM_KEYS: [&str; 21] = [
    "id",
    "title",
    "type",
    "previously",
    "template",
    "archived",
    "tags",
    "color",
    "cover",
    "logo",
    "quota",
    "indexing",
    "deny-download",
    "lifetime",
    "watermark",
    "folders",
    "members",
    "groups",
    "links",
    "room-groups",
    "unknown",
];

/// The keys of a link.
const LINK_KEYS: [&str; 10] =
    ["type", "id", "title", "access", "expires", "password", "internal", "deny-download", "max-uses", "unknown"];

/// Rooms with a value that has the right form, but cannot be.
const ROOMS: &[&str] = &[
    "{title: Audit}",
    "{type: custom}",
    "{title: 'a/b', type: custom}",
    "{title: 🎉, type: custom}",
    "{title: Audit, type: Custom}",
    "{title: Audit, type: castle}",
    "{title: Audit, type: custom, titel: b}",
    "{title: Audit, type: custom, previously: Audit}",
    "{title: Audit, type: custom, tags: [a, A]}",
    "{title: Audit, type: custom, tags: [a, '']}",
    "{title: Audit, type: custom, tags: a}",
    "{title: Audit, type: custom, color: red}",
    "{title: Audit, type: custom, color: FF573}",
    "{title: Audit, type: custom, color: null}",
    "{title: Audit, type: custom, quota: -1}",
    "{title: Audit, type: custom, quota: 2 apples}",
    "{title: Audit, type: custom, indexing: 'true'}",
    "{title: Audit, type: custom, indexing: yes}",
    "{title: Audit, type: custom, lifetime: 6 months}",
    "{title: Audit, type: custom, lifetime: {}}",
    "{title: Audit, type: custom, lifetime: {keep: 6 weeks}}",
    "{title: Audit, type: custom, lifetime: {keep: 1000 days}}",
    "{title: Audit, type: custom, lifetime: {keep: 1 day, delete: true}}",
    "{title: Audit, type: custom, lifetime: {keep: 1 day, delete-permanently: 1}}",
    "{title: Audit, type: custom, watermark: {}}",
    "{title: Audit, type: custom, watermark: {show: [name]}}",
    "{title: Audit, type: custom, watermark: {show: date}}",
    "{title: Audit, type: custom, watermark: {text: a, rotate: 400}}",
    "{title: Audit, type: custom, watermark: {text: a, color: b}}",
    "{title: Audit, type: custom, save-form-as-xlsx: true}",
    "{title: Audit, type: public, send-form-to-external-db: false}",
    "{title: Audit, type: filling-forms, save-form-as-xlsx: 1}",
    "{title: Audit, type: custom, folders: Contracts/2026}",
    "{title: Audit, type: custom, folders: {Contracts: [2026]}}",
    "{title: Audit, type: custom, folders: [Contracts: 2026]}",
    "{title: Audit, type: custom, folders: [Contracts/2026, /Contracts / 2026/]}",
    "{title: Audit, type: custom, folders: ['a:b/c:d//e?', '..', a\\b, 🎉, /, \"a\\tb/c\"]}",
    "{title: Audit, type: custom, members: [ann@acme.com]}",
    "{title: Audit, type: custom, members: {ann: read}}",
    "{title: Audit, type: custom, members: {ann@acme.com: readd}}",
    "{title: Audit, type: custom, members: {ann@acme.com: }}",
    "{title: Audit, type: custom, members: {ann@acme.com: read, ANN@acme.com: read}}",
    "{title: Audit, type: public, members: {ann@acme.com: read}}",
    "{title: Audit, type: ai, members: {ann@acme.com: fill-forms}}",
    "{title: Audit, type: custom, groups: {Staff: room-manager}}",
    "{title: Audit, type: custom, links: [a]}",
    "{title: Audit, type: custom, links: {a: read}}",
    "{title: Audit, type: custom, links: {'': {access: read}}}",
    "{title: Audit, type: custom, links: {a: {}}}",
    "{title: Audit, type: custom, links: {a: {access: room-manager}}}",
    "{title: Audit, type: custom, links: {a: {access: content-creator}}}",
    "{title: Audit, type: custom, links: {a: {type: invitation, access: fill-forms}}}",
    "{title: Audit, type: custom, links: {a: {type: invite, access: read}}}",
    "{title: Audit, type: custom, links: {a: {access: read, expires: tomorrow}}}",
    "{title: Audit, type: custom, links: {a: {access: read, expires: 2027-02-30}}}",
    "{title: Audit, type: custom, links: {a: {access: read, max-uses: 3}}}",
    "{title: Audit, type: custom, links: {a: {type: invitation, access: read, max-uses: 0}}}",
    "{title: Audit, type: custom, links: {a: {type: invitation, access: read, max-uses: 1001}}}",
    "{title: Audit, type: custom, links: {a: {type: invitation, access: read, password: secret}}}",
    "{title: Audit, type: custom, links: {a: {type: invitation, access: read, internal: true}}}",
    "{title: Audit, type: custom, links: {a: {type: invitation, access: read, deny-download: true}}}",
    "{title: Audit, type: custom, links: {a: {access: read, password: {}}}}",
    "{title: Audit, type: custom, links: {a: {access: read, password: {evn: A}}}}",
    "{title: Audit, type: custom, links: {a: {type: primary, access: read}, b: {type: primary, access: read}}}",
    "{title: Audit, type: custom, links: {a: {type: invitation, access: read}, b: {type: invitation, access: read}}}",
    "{title: A, type: custom, links: {a: &a {access: read}}}",
    "{title: A, type: custom, links: {a: {access: read}, b: {access: read}, c: {access: read}, d: {access: read}, e: {access: read}, f: {access: read}}}",
    "{title: Audit, type: public, links: {a: {access: read, internal: true}}}",
    "{title: Audit, type: public, links: {a: {type: primary, access: read, expires: 2027-01-31}}}",
    "{title: Audit, type: public, links: {a: {type: invitation, access: editing}}}",
    "{title: Audit, type: filling-forms, links: {a: {access: read}}}",
    "{title: Audit, type: filling-forms, links: {a: {type: primary, access: editing}}}",
    "{title: Audit, type: castle, tags: a, color: red, members: {ann: reed}, links: {a: {type: invte, access: reed, password: short, expires: soon}}}",
    "{title: '', type: custom, tags: a, quota: much}",
    "{title: Audit, type: editing, links: {a: {access: reed, expires: soon, password: short}}}",
    "{title: Audit, type: custom, save-form-as-xlsx: 5}",
    "{title: Audit, type: custom, links: {a: {access: read, max-uses: 0}}}",
    "{title: Audit, type: custom, links: {a: {type: invitation, access: reed}, b: {type: invitation, access: read}}}",
    "{title: Audit, type: custom, links: {'': {access: reed}}}",
    "{title: Audit, type: custom, members: {ann: reed}}",
    "{title: Audit, type: custom, links: {a: {access: read, password: short}}}",
    "{title: Audit, type: custom, links: {a: {access: read, password: correct horse}}}",
    "{title: Audit, type: custom, links: {a: {access: read, password: pässword-horse}}}",
    "{title: Audit, type: editing, links: {a: {access: read}}}",
    "{title: Audit, type: editing, links: {a: {type: primary, access: read}}}",
    "{title: Audit, type: virtual-data, links: {a: {access: read}}}",
    "{title: Audit, type: ai, links: {a: {access: read}}}",
];

/// Whole files.
const FILES: &[&str] = &[
    "",
    "[]",
    "rooms: {}",
    "rooms: [a]",
    "room: []",
    "name: [a]",
    "name: ''",
    "defaults: []\nrooms: 5",
    "defaults: {castle: {}}",
    "defaults: {custom: 5}",
    "defaults: {custom: {title: a}}",
    "defaults: {public: {members: {ann@acme.com: read}}}",
    "rooms: []\nrooms: []",
    "rooms:\n\t- title: a",
    "rooms: [{title: a, type: custom}, {title: a, type: custom}]",
    "rooms: [{title: a, type: custom, id: 1}, {title: b, type: custom, id: 1}]",
    "rooms: [{title: a, type: custom, id: 1}, {title: a, type: custom}]",
    "name: a\nname: b\nrooms:\n- {title: a, title: b, type: custm, tags: a}",
    "rooms: [{title: a, type: custom, tags: *a}]",
    "rooms: &a [!b {title: a}]",
    "rooms: []\n---\nrooms: []",
    "defaults: {castle: {tags: a, color: red}}",
    "rooms: *a",
    "rooms: !a []",
    "? [a]\n: b",
];

fn messages(file: &str) -> String {
    match parse(&[Source::new("f", file)]) {
        Ok(_) => "accepted".to_owned(),
        Err(problems) => problems.to_string().replace('\n', "\n    "),
    }
}

#[test]
fn bad_manifests_get_messages_with_their_places() {
    let mut text = String::new();
    let mut count = 0;
    let mut add = |shown: &str, file: &str| {
        count += 1;
        writeln!(text, "{}\n    {}", shown.replace('\n', "\\n").replace('\t', "\\t"), messages(file)).expect("a text");
    };
    for file in FILES {
        add(file, file);
    }
    for room in ROOMS {
        add(room, &format!("rooms:\n- {room}"));
    }
    for key in ROOM_KEYS {
        for form in FORMS {
            let others = [("title", "Audit"), ("type", "custom")].iter().filter(|(other, _)| *other != key);
            let others: String = others.map(|(other, value)| format!(", {other}: {value}")).collect();
            add(&format!("{key}: {form}"), &format!("rooms:\n- {{{key}: {form}{others}}}"));
        }
    }
    for key in LINK_KEYS {
        for form in FORMS {
            let access = if key == "access" { "" } else { ", access: read" };
            let link = format!("{{{key}: {form}{access}}}");
            add(
                &format!("link with {key}: {form}"),
                &format!("rooms:\n- title: A\n  type: custom\n  links: {{a: {link}}}"),
            );
        }
    }
    assert!(count > 250, "{count}");
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/messages.txt");
    Assert::new().action_env("SNAPSHOTS").eq(text, Data::read_from(&golden, None));
}

/// Every message names a place, and says what to do.
#[test]
fn every_message_has_a_place_and_advice() {
    for room in ROOMS {
        let problems = parse(&[Source::new("f", format!("rooms:\n- {room}"))]).expect_err(room);
        for problem in problems.0 {
            assert!(problem.advice.is_some() && problem.place.is_some_and(|place| place.line > 1), "{room}");
        }
    }
}
