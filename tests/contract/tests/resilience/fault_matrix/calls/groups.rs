//! Groups of rooms.

use docspace::ErrorKind;
use futures::FutureExt;

use super::Call;

pub(super) const GROUPS: &[Call] = &[
    call!("Groups::list", "GET /files/group", |s| s.portal.groups().list().await).may_be_empty(),
    call!("Groups::get", "GET /files/group/*", |s| s.portal.groups().get(s.world.group).await),
    call!("Groups::create", "POST /files/group", |s| {
        s.portal.groups().create("new", &s.world.cover, [s.world.room.id.clone()]).await
    })
    .once(),
    call!("Groups::rename", "PUT /files/group/*", |s| s.portal.groups().rename(s.world.group, "other").await),
    call!("Groups::add", "PUT /files/group/*", |s| {
        s.portal.groups().add(s.world.group, [s.world.public.id.clone()]).await
    }),
    call!("Groups::remove", "PUT /files/group/*", |s| {
        s.portal.groups().remove(s.world.group, [s.world.public.id.clone()]).await
    }),
    call!("Groups::set_icon", "POST /files/group/*/icon", |s| {
        s.portal.groups().set_icon(s.world.group, &s.world.cover).await
    }),
    call!("Groups::delete", "DELETE /files/group/*", |s| s.portal.groups().delete(s.world.group).await).may_be_empty(),
];
