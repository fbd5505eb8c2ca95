//! Tests of the sizes of futures. The future of a program contains those that it joins.

use crate::{Access, Portal, RoomType};

/// Maximum size of the future of a call, in bytes.
const MOST: usize = 4096;

#[track_caller]
fn is_small<F: Future>(call: &str, future: &F) {
    let size = size_of_val(future);
    assert!(size < MOST, "the future of `{call}` has {size} bytes");
}

#[test]
fn futures_of_calls_are_smaller_than_4_kib() {
    let portal = Portal::builder("https://acme.com").api_key("sk-0").build().unwrap();
    let (room, template) = (portal.room(17), portal.template(23));
    let rooms = portal.rooms();
    is_small("get", &room.get());
    is_small("rename", &room.rename("x"));
    is_small("archive", &room.archive());
    is_small("delete", &room.clone().delete());
    is_small("edit", &room.edit().title("x").send());
    is_small("create", &rooms.create("x", RoomType::Custom).send());
    is_small("list", &rooms.list().all());
    is_small("find", &rooms.find("x"));
    is_small("total", &rooms.list().total());
    let links = room.links();
    is_small("create link", &links.create(Access::Read).send());
    is_small("invite", &links.invite(Access::Read).send());
    is_small("update link", &links.update(crate::links::LinkId(uuid::Uuid::nil())).send());
    is_small("list links", &links.list());
    is_small("revoke link", &links.revoke(crate::links::LinkId(uuid::Uuid::nil())));
    let links = portal.folder(5).links();
    is_small("create folder link", &links.create(Access::Read).send());
    is_small("list folder links", &links.list());
    is_small("primary folder link", &links.primary());
    let members = room.members();
    is_small("set members", &members.set().give("ann@acme.com", Access::Read).send());
    is_small("add member", &members.add("ann@acme.com", Access::Read));
    is_small("list members", &members.list());
    is_small("save_as_template", &room.save_as_template("x").start());
    is_small("create_room", &template.create_room("x").start());
    is_small("template", &template.get());
    is_small("set_public", &template.set_public(true));
    is_small("me", &portal.me());
    is_small("is_signed_in", &portal.is_signed_in());
    is_small("person", &portal.people().find("ann@acme.com"));
    is_small("key", &portal.keys().create("x").send());
    is_small("upload", &portal.upload_picture("x", vec![]));
    let visitor = portal.visitor("x");
    is_small("visitor", &visitor.room());
    is_small("visitor of a file", &visitor.file());
}
