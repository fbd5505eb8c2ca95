//! Random states. The names come from small sets, so that manifests and portals have much in
//! common.

use std::collections::{BTreeMap, BTreeSet};

use docspace::{Access, Timestamp};
use docspace_manifest::actual::{Actual, ActualLink, ActualMember, ActualRoom};
use docspace_manifest::ids::LinkIds;
use docspace_manifest::names::{AccessName, LinkTypeName, TypeName};
use docspace_manifest::values::{Lifetime, Password, Quota, Watermark};
use docspace_manifest::{Date, Link, Room, Settings, Wanted};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::{of, weighted};
use proptest::prelude::*;
use uuid::Uuid;

use crate::folders::{actual_folders, folders};

/// The name of the manifest.
pub(crate) const NAME: &str = "acme";

const TYPES: &[TypeName] = &[TypeName::Custom, TypeName::Public, TypeName::FillingForms, TypeName::Editing];
const TITLES: &[&str] = &["Audit", "Board", "Clients", "Design"];
const TAGS: &[&str] = &["open", "closed", "Äudit", "2026"];
const PEOPLE: &[&str] = &["ann@acme.com", "bob@acme.com", "me@acme.com", "owner@acme.com", "eve@acme.com"];
const GROUPS: &[&str] = &["Auditors", "Board"];
const ROOM_GROUPS: &[&str] = &["This year", "Favorites"];
const LINKS: &[&str] = &["client", "auditor", "team", "press", "bank"];

/// The present.
pub(crate) fn now() -> Timestamp {
    "2026-11-21T00:00:00Z".parse().expect("a date")
}

fn date() -> BoxedStrategy<Date> {
    // The first one has passed.
    prop_oneof![1 => Just("2026-01-31"), 6 => Just("2027-01-31"), 6 => Just("2028-01-31T12:00:00.7Z")]
        .prop_map(|text| text.parse().expect("a date"))
        .boxed()
}

pub(crate) fn one_of(words: &'static [&'static str]) -> BoxedStrategy<String> {
    proptest::sample::select(words).prop_map(str::to_owned).boxed()
}

fn password() -> BoxedStrategy<String> {
    one_of(&["correct-horse", "battery-staple"]).boxed()
}

fn lifetime() -> BoxedStrategy<Lifetime> {
    (one_of(&["6 months", "1 year"]), any::<bool>())
        .prop_map(|(keep, delete_permanently)| Lifetime { keep: keep.parse().expect("a period"), delete_permanently })
        .boxed()
}

fn watermark() -> BoxedStrategy<Watermark> {
    one_of(&["Confidential", "Draft"]).prop_map(|text| Watermark { text: Some(text), ..Watermark::default() }).boxed()
}

fn quota() -> BoxedStrategy<Quota> {
    prop_oneof![Just(Quota::Default), Just(Quota::Unlimited), Just(Quota::Bytes(1 << 30))].boxed()
}

fn access() -> BoxedStrategy<AccessName> {
    proptest::sample::select(AccessName::ALL).boxed()
}

pub(crate) fn names(words: &'static [&'static str]) -> BoxedStrategy<BTreeSet<String>> {
    btree_set(one_of(words), 0..=words.len()).boxed()
}

fn members(words: &'static [&'static str]) -> BoxedStrategy<BTreeMap<String, AccessName>> {
    btree_map(one_of(words), access(), 0..=words.len()).boxed()
}

fn link_type() -> BoxedStrategy<LinkTypeName> {
    prop_oneof![
        5 => Just(LinkTypeName::External),
        1 => Just(LinkTypeName::Primary),
        1 => Just(LinkTypeName::Invitation),
    ]
    .boxed()
}

fn link() -> BoxedStrategy<Link> {
    let options = (of(of(date())), of(of(password())), of(any::<bool>()), of(any::<bool>()), of(of(1..5_u32)));
    (link_type(), access(), weighted(0.2, one_of(LINKS)), options)
        .prop_map(|(link_type, access, title, (expires, password, internal, deny_download, max_uses))| {
            let is_invitation = link_type == LinkTypeName::Invitation;
            let mut link = Link { title, expires, ..Link::new(link_type, access) };
            if is_invitation {
                link.max_uses = max_uses;
            } else {
                link.password = password.map(|password| password.map(|text| Password::Text(text.into())));
                (link.internal, link.deny_download) = (internal, deny_download);
            }
            link
        })
        .boxed()
}

/// Links as [`parse`](docspace_manifest::parse()) accepts them: there is one primary link and one
/// invitation.
fn links() -> BoxedStrategy<BTreeMap<String, Link>> {
    btree_map(one_of(LINKS), link(), 0..=4)
        .prop_map(|mut links| {
            let mut single = BTreeSet::new();
            links.retain(|_, link| link.link_type == LinkTypeName::External || single.insert(link.link_type));
            links
        })
        .boxed()
}

fn settings() -> BoxedStrategy<Settings> {
    let looks =
        (of(one_of(&["FF5733", "00AA00"])), of(of(one_of(&["flag", "suitcase"]))), of(of(Just("logo.png".to_owned()))));
    let storage = (of(quota()), of(any::<bool>()), of(any::<bool>()), of(of(lifetime())), of(of(watermark())));
    let people = (of(members(PEOPLE)), of(members(GROUPS)), of(links()), of(names(ROOM_GROUPS)));
    (weighted(0.3, any::<bool>()), (of(names(TAGS)), of(folders())), looks, storage, people)
        .prop_map(
            |(
                archived,
                (tags, folders),
                (color, cover, logo),
                (quota, indexing, deny_download, lifetime, watermark),
                (members, groups, links, room_groups),
            )| Settings {
                archived,
                tags,
                color,
                cover,
                logo,
                quota,
                indexing,
                deny_download,
                lifetime,
                watermark,
                folders,
                members,
                groups,
                links,
                room_groups,
                ..Settings::default()
            },
        )
        .boxed()
}

fn room() -> BoxedStrategy<Room> {
    (one_of(TITLES), proptest::sample::select(TYPES), vec(one_of(TITLES), 0..2), settings())
        .prop_map(|(title, room_type, mut previously, settings)| {
            previously.retain(|other| *other != title);
            Room { previously, settings, ..Room::new(title, room_type) }
        })
        .boxed()
}

/// A manifest.
pub(crate) fn wanted() -> BoxedStrategy<Wanted> {
    vec(room(), 0..4)
        .prop_map(|mut rooms| {
            let mut seen = BTreeSet::new();
            rooms.retain(|room| seen.insert((room.title.clone(), room.room_type)));
            Wanted::new(NAME, rooms)
        })
        .boxed()
}

fn actual_link(link_type: LinkTypeName) -> BoxedStrategy<ActualLink> {
    let options = (of(date()), of(password()), any::<bool>(), any::<bool>(), of(1..5_u32));
    (one_of(LINKS), access(), any::<u128>(), options)
        .prop_map(move |(title, access, id, options)| {
            let (expires, password, internal, deny_download, max_uses) = options;
            let is_invitation = link_type == LinkTypeName::Invitation;
            let id = uuid::Builder::from_random_bytes(id.to_be_bytes()).into_uuid();
            let mut link = ActualLink::new(id, link_type, title, access.into());
            link.expires = expires;
            link.is_expired = expires.is_some_and(|date| Timestamp::from(date) <= now());
            if is_invitation {
                link.max_uses = max_uses;
            } else {
                link.password = password.map(Into::into);
                (link.internal, link.deny_download) = (internal, deny_download);
            }
            link
        })
        .boxed()
}

fn actual_members() -> BoxedStrategy<Vec<ActualMember>> {
    (members(PEOPLE), members(GROUPS))
        .prop_map(|(people, groups)| {
            let member = |(name, access): (String, AccessName), is_group: bool| ActualMember {
                id: Some(id_of(&name, is_group)),
                email: (!is_group).then(|| name.clone()),
                is_owner: name == "owner@acme.com",
                person_type: None,
                access: if name == "owner@acme.com" { Access::ReadWrite } else { access.into() },
                name,
                is_group,
            };
            let people = people.into_iter().map(|person| member(person, false));
            people.chain(groups.into_iter().map(|group| member(group, true))).collect()
        })
        .boxed()
}

fn id_of(name: &str, is_group: bool) -> Uuid {
    LinkIds::new(if is_group { "group" } else { "person" }, &1.into()).id(LinkTypeName::External, name)
}

/// A room of the portal. Some of its links are those of the manifest.
fn actual_room(id: i32) -> BoxedStrategy<ActualRoom> {
    let links = (
        vec((any::<bool>(), one_of(LINKS), actual_link(LinkTypeName::External)), 0..4),
        of(actual_link(LinkTypeName::Invitation)),
        of(actual_link(LinkTypeName::Primary)),
    );
    let names = (names(TAGS), actual_folders(), names(ROOM_GROUPS));
    let parts = (names, of(lifetime()), of(watermark()), of(quota()), actual_members());
    let switches = (weighted(0.9, Just(())), weighted(0.2, Just(())), any::<bool>(), any::<bool>(), any::<bool>());
    (one_of(TITLES), proptest::sample::select(TYPES), links, parts, switches)
        .prop_map(
            move |(
                title,
                room_type,
                (links, invitation, primary),
                parts,
                (mine, archived, has_logo, indexing, deny),
            )| {
                let ((tags, folders, groups), lifetime, watermark, quota, members) = parts;
                let mut room = ActualRoom::created(id.into(), title, room_type);
                let ids = LinkIds::new(NAME, &room.id);
                (room.is_mine, room.archived, room.has_logo) = (mine.is_some(), archived.is_some(), has_logo);
                (room.indexing, room.deny_download, room.tags, room.quota) = (indexing, deny, tags, quota);
                room.folders = Some(folders);
                (room.watermark, room.members, room.room_groups) = (watermark, Some(members), Some(groups));
                room.lifetime = lifetime.filter(|_| !room.archived);
                if has_logo {
                    (room.color, room.cover) = (None, None);
                }
                let mut own = BTreeSet::new();
                let additional = links.into_iter().filter(|_| matches!(room_type, TypeName::Custom | TypeName::Public));
                let additional = additional.filter_map(|(is_own, name, link)| match is_own {
                    false => Some(link),
                    true => own
                        .insert(name.clone())
                        .then(|| ActualLink { id: ids.id(LinkTypeName::External, &name), ..link }),
                });
                let has_primary = room_type != TypeName::Editing;
                let mut all: Vec<ActualLink> =
                    additional.chain(invitation).chain(primary.filter(|_| has_primary)).collect();
                if !all.iter().any(|link| link.link_type == LinkTypeName::Primary) {
                    let created = room.links.take().unwrap_or_default();
                    all.extend(created.into_iter().map(|link| ActualLink { id: Uuid::from_u128(7), ..link }));
                }
                room.links = Some(all);
                room
            },
        )
        .boxed()
}

/// A portal.
pub(crate) fn actual() -> BoxedStrategy<Actual> {
    (of(actual_room(1)), of(actual_room(2)), of(actual_room(3)))
        .prop_map(|(one, two, three)| Actual {
            me: id_of("me@acme.com", false),
            my_email: None,
            rooms: one.into_iter().chain(two).chain(three).collect(),
            templates: Vec::new(),
            people_groups: GROUPS.iter().map(|name| (id_of(name, true), (*name).to_owned())).collect(),
            people: BTreeMap::new(),
            covers: None,
        })
        .boxed()
}

/// The same state in one order, in which the ids of links that a portal chooses do not matter.
pub(crate) fn sorted(mut actual: Actual) -> Actual {
    for room in &mut actual.rooms {
        for link in room.links.iter_mut().flatten().filter(|link| link.link_type == LinkTypeName::Primary) {
            link.id = Uuid::nil();
        }
        room.links.get_or_insert_default().sort_by_key(|link| (link.id, link.title.clone()));
        room.folders.get_or_insert_default().sort_by_key(|folder| (folder.id.clone(), folder.titles.clone()));
        room.members.get_or_insert_default().sort_by_key(|member| (member.is_group, member.name.clone()));
    }
    actual.rooms.sort_by_key(|room| room.id.clone());
    actual
}
