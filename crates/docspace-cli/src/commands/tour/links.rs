//! Second chapter: the links of a room.

use std::time::{Duration, SystemTime};

use docspace::{Access, Error, ErrorKind, Room, RoomLink, RoomType, Timestamp};
use uuid::Uuid;

use super::guide::{Guide, StepResult, brief, expect};
use crate::failure::Failure;
use crate::text::kebab;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) async fn walk(guide: &mut Guide) -> Result<(), Failure> {
    guide.chapter("Links")?;
    let portal = guide.session.portal.clone();
    let title = guide.title("Client access");
    let asked = format!("create a custom room “{title}”");
    let room =
        guide.step(&asked, portal.rooms().create(&title, RoomType::Custom).send(), |room| Ok(brief(room))).await?;
    guide.remember(&room);
    let first = make(guide, &room).await?;
    change(guide, &room, first).await?;
    guide.work("delete the room, and wait", portal.room(&room).delete(), |()| Ok("gone".to_owned())).await?;
    guide.forget(&room.id);
    Ok(())
}

/// Makes one of each kind, and answers the external one.
async fn make(guide: &mut Guide, room: &Room) -> Result<RoomLink, Failure> {
    let links = guide.session.portal.room(room).links();
    // Made up for this run, as the address and the password together open a room.
    let password = Uuid::new_v4().simple().to_string()[..16].to_owned();
    let create = links.create(Access::Read).title("For the client").expires(ahead(30)).password(password);
    let asked = "create an external link: read, for 30 days, with a title and a password";
    let external = guide.step(asked, create.send(), shown).await?;
    let invite = links.invite(Access::ContentCreator).title("For the team").expires(ahead(7)).max_uses(10);
    let asked = "create the invitation link: content-creator, for 7 days, 10 uses";
    guide.step(asked, invite.send(), shown).await?;
    guide
        .step("get the primary link, which is made as there is none", links.primary(), |link| {
            expect(link.is_primary(), "this link is not the primary one")?;
            shown(link)
        })
        .await?;
    guide.step("list the links", links.list(), |all| counted(all, 3)).await?;
    guide
        .refused(
            "create an external link with access content-creator",
            links.create(Access::ContentCreator).send(),
            |error: &Error| error.kind() == ErrorKind::Invalid && error.status().is_none(),
        )
        .await?;
    Ok(external)
}

async fn change(guide: &mut Guide, room: &Room, before: RoomLink) -> Result<(), Failure> {
    let links = guide.session.portal.room(room).links();
    let update = links.update(before.id()).title("For the auditor");
    guide
        .step("change the title of the external link, nothing else", update.send(), |after| kept(&before, after))
        .await?;
    guide
        .step("revoke the external link", links.revoke(before.id()), |left| {
            expect(left.is_none(), "the portal made another one")?;
            Ok("its address no longer works".to_owned())
        })
        .await?;
    guide.step("list the links", links.list(), |all| counted(all, 2)).await?;
    Ok(())
}

/// That a change of the title changed the title only.
fn kept(before: &RoomLink, after: &RoomLink) -> StepResult {
    let (old, new) = (&before.shared_link, &after.shared_link);
    expect(after.title() == "For the auditor", "the title is another one")?;
    expect(before.access == after.access, "the access has changed")?;
    expect(
        old.expiration_date.map(Timestamp::to_utc) == new.expiration_date.map(Timestamp::to_utc),
        "the expiry has changed",
    )?;
    expect(new.password.is_some() && old.password == new.password, "the password has changed")?;
    expect(before.url() == after.url(), "the address has changed")?;
    Ok(format!("“{}”; access, expiry, password and address as before", after.title()))
}

fn counted(links: &[RoomLink], right: usize) -> StepResult {
    // A portal sorts links of the same access by their ids, which are made up.
    let mut titles: Vec<_> = links.iter().map(|link| format!("“{}”", link.title())).collect();
    titles.sort();
    expect(links.len() == right, format!("{} links came back, not {right}", links.len()))?;
    Ok(format!("{right} links: {}", titles.join(", ")))
}

/// A link in a few words.
fn shown(link: &RoomLink) -> StepResult {
    let details = &link.shared_link;
    let expires = details
        .expiration_date
        .map_or_else(|| "without expiry".to_owned(), |date| format!("until {}", date.to_utc().format("%Y-%m-%d")));
    let password = if details.password.is_some() { ", with a password" } else { "" };
    Ok(format!("“{}”, {}, {expires}{password}, {}", link.title(), kebab(&link.access.to_string()), link.url()))
}

fn ahead(days: u32) -> Timestamp {
    // Whole seconds, as a portal keeps no more.
    let now = chrono::DateTime::<chrono::Utc>::from(SystemTime::now() + DAY * days);
    Timestamp::from(chrono::DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now))
}
