//! Whether a portal is as a manifest wants it, found out without a plan.

use docspace::{Access, Timestamp};
use docspace_manifest::actual::{Actual, ActualMember, ActualRoom};
use docspace_manifest::names::{LinkTypeName, TypeName};
use docspace_manifest::plan::Prune;
use docspace_manifest::{Room, Wanted};
use unicode_normalization::UnicodeNormalization;

use crate::states::now;

/// What is not as it should be.
pub(crate) fn unmet(wanted: &Wanted, actual: &Actual, prune: Prune) -> Vec<String> {
    let mut unmet = Vec::new();
    for wanted in &wanted.rooms {
        let room = &wanted.room;
        let is_room =
            |found: &&ActualRoom| found.is_mine && found.title == room.title && found.room_type == room.room_type;
        let mut found: Vec<&ActualRoom> = actual.rooms.iter().filter(is_room).collect();
        if found.is_empty() && room.settings.archived == Some(true) {
            // Nothing of a room that stays in the archive is managed, so it keeps its former title.
            let is_former = |found: &&ActualRoom| {
                found.is_mine
                    && found.archived
                    && found.room_type == room.room_type
                    && room.previously.contains(&found.title)
            };
            found.extend(actual.rooms.iter().filter(is_former));
        }
        match *found {
            [found] => check(room, found, actual, prune, &mut unmet),
            _ => unmet.push(format!("{} rooms {}", found.len(), room.title)),
        }
    }
    unmet
}

fn check(room: &Room, found: &ActualRoom, actual: &Actual, prune: Prune, unmet: &mut Vec<String>) {
    let wanted = &room.settings;
    let mut expect = |met: bool, what: &str| {
        if !met {
            unmet.push(format!("{what} of {}", room.title));
        }
    };
    expect(wanted.archived.is_none_or(|archived| archived == found.archived), "archived");
    if found.archived {
        return;
    }
    let prunes = prune != Prune::Nothing;
    if let Some(tags) = &wanted.tags {
        let plain = |tag: &String| tag.nfkd().filter(char::is_ascii).collect::<String>().to_lowercase();
        let (tags, found): (Vec<_>, Vec<_>) =
            (tags.iter().map(plain).collect(), found.tags.iter().map(plain).collect());
        expect(tags.iter().all(|tag| found.contains(tag)), "tags");
        expect(!prunes || found.iter().all(|tag| tags.contains(tag)), "tags that are not listed");
    }
    let is_shown = !found.has_logo;
    expect(!is_shown || wanted.color.as_ref().is_none_or(|color| Some(color) == found.color.as_ref()), "color");
    expect(!is_shown || wanted.cover.as_ref().is_none_or(|cover| Some(cover) == found.cover.as_ref()), "cover");
    expect(wanted.logo.as_ref().is_none_or(|logo| logo.is_some() == found.has_logo), "logo");
    expect(found.quota.is_none() || wanted.quota.is_none_or(|quota| Some(quota) == found.quota), "quota");
    expect(wanted.indexing.is_none_or(|on| on == found.indexing), "indexing");
    expect(wanted.deny_download.is_none_or(|on| on == found.deny_download), "deny-download");
    expect(wanted.lifetime.is_none_or(|lifetime| lifetime == found.lifetime), "lifetime");
    expect(wanted.watermark.as_ref().is_none_or(|mark| *mark == found.watermark), "watermark");
    for path in wanted.folders.iter().flatten() {
        let titles: Vec<String> = path.to_string().split('/').map(str::to_owned).collect();
        let has_all = (1..=titles.len())
            .all(|depth| found.folders.iter().flatten().any(|folder| folder.titles == titles[..depth]));
        expect(has_all, &path.to_string());
    }
    for (is_group, listed) in [(false, &wanted.members), (true, &wanted.groups)] {
        let Some(listed) = listed else { continue };
        let members: Vec<_> = found.members.iter().flatten().filter(|member| member.is_group == is_group).collect();
        let is_fixed = |member: &ActualMember| member.is_owner || member.id == Some(actual.me);
        for (name, access) in listed {
            let member = members.iter().filter(|member| member.name == *name).collect::<Vec<_>>();
            let is_met = matches!(*member, [member] if is_fixed(member) || member.access == Access::from(*access));
            expect(is_met, name);
        }
        let is_listed = |member: &&ActualMember| is_fixed(member) || listed.contains_key(&member.name);
        expect(!prunes || members.iter().all(is_listed), "members that are not listed");
    }
    if let Some(links) = &wanted.links {
        let all = found.links.as_deref().unwrap_or_default();
        for (name, link) in links {
            let is_over = link.expires.flatten().is_some_and(|date| Timestamp::from(date) <= now());
            let same = all.iter().filter(|other| {
                other.link_type == link.link_type
                    && other.title == link.title(name)
                    && other.access == Access::from(link.access)
                    && link.expires.is_none_or(|expires| expires == other.expires)
                    && link.internal.is_none_or(|on| on == other.internal)
                    && link.deny_download.is_none_or(|on| on == other.deny_download)
                    && link.max_uses.is_none_or(|uses| uses == other.max_uses)
                    && link.password.as_ref().is_none_or(|password| {
                        password.as_ref().and_then(|password| password.text()) == other.password.as_ref()
                    })
            });
            expect(same.count() >= 1 || is_over, &format!("link {name}"));
        }
        let is_fixed = matches!(found.room_type, TypeName::Public | TypeName::FillingForms);
        let count = all.iter().filter(|link| !is_fixed || link.link_type != LinkTypeName::Primary);
        let listed = links.values().filter(|link| !is_fixed || link.link_type != LinkTypeName::Primary);
        expect(prune != Prune::All || count.count() <= listed.count(), "links that are not listed");
    }
    if let Some(groups) = &wanted.room_groups {
        let found = found.room_groups.clone().unwrap_or_default();
        expect(found.is_superset(groups) && (!prunes || found == *groups), "room groups");
    }
}
