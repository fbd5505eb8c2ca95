//! The second chapter: the links of a room.

use docspace::{Access, Error, ErrorKind, Room, RoomLink, RoomType, Timestamp};
use uuid::Uuid;

use super::guide::{Guide, StepResult, brief, expect};
use crate::failure::Failure;
use crate::text::kebab;

pub(super) async fn run(guide: &mut Guide) -> Result<(), Failure> {
    guide.chapter("Links")?;
    let portal = guide.session.portal.clone();
    let title = guide.title("Client access");
    let step = format!("create a custom room “{title}”");
    let room =
        guide.step(&step, portal.rooms().create(&title, RoomType::Custom).send(), |room| Ok(brief(room))).await?;
    guide.remember(&room);
    let first = create(guide, &room).await?;
    change(guide, &room, first).await?;
    guide.operation("delete the room", portal.room(&room).delete(), |()| Ok("deleted".to_owned())).await?;
    guide.forget(&room.id);
    Ok(())
}

/// Creates a link of each type, and returns the external one.
async fn create(guide: &mut Guide, room: &Room) -> Result<RoomLink, Failure> {
    let links = guide.session.portal.room(room).links();
    // Random in every run, because the address and the password of a link open the room.
    let password = Uuid::new_v4().simple().to_string()[..16].to_owned();
    let create = links.create(Access::Read).title("For the client").expires(Timestamp::in_days(30)).password(password);
    let step = "create an external link with read access, a title, a password and an expiry in 30 days";
    let external = guide.step(step, create.send(), describe).await?;
    let invite = links.invite(Access::ContentCreator).title("For the team").expires(Timestamp::in_days(7)).max_uses(10);
    let step = "create the invitation link with content-creator access, an expiry in 7 days and at most 10 uses";
    guide.step(step, invite.send(), describe).await?;
    guide
        .step("get the primary link; the portal creates it now", links.primary(), |link| {
            expect(link.is_primary(), "the portal returned a link that is not the primary one")?;
            describe(link)
        })
        .await?;
    guide.step("list the links", links.list(), |all| counted(all, 3)).await?;
    guide
        .rejected(
            "create an external link with content-creator access",
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
        .step("change only the title of the external link", update.send(), |after| only_title_changed(&before, after))
        .await?;
    guide
        .step("revoke the external link", links.revoke(before.id()), |left| {
            expect(left.is_none(), "the portal created a replacement")?;
            Ok("its address no longer works".to_owned())
        })
        .await?;
    guide.step("list the links", links.list(), |all| counted(all, 2)).await?;
    Ok(())
}

/// Checks that only the title of the link changed.
fn only_title_changed(before: &RoomLink, after: &RoomLink) -> StepResult {
    let (old, new) = (&before.shared_link, &after.shared_link);
    expect(after.title() == "For the auditor", "the title is wrong")?;
    expect(before.access == after.access, "the access has changed")?;
    expect(
        old.expiration_date.map(Timestamp::to_utc) == new.expiration_date.map(Timestamp::to_utc),
        "the expiry has changed",
    )?;
    expect(new.password.is_some() && old.password == new.password, "the password has changed")?;
    expect(before.url() == after.url(), "the address has changed")?;
    Ok(format!("“{}”; access, expiry, password and address are unchanged", after.title()))
}

/// Checks the number of links, and lists their titles.
fn counted(links: &[RoomLink], expected: usize) -> StepResult {
    // The portal sorts links with the same access by their random ids.
    let mut titles: Vec<_> = links.iter().map(|link| format!("“{}”", link.title())).collect();
    titles.sort();
    expect(links.len() == expected, format!("the portal returned {} links, not {expected}", links.len()))?;
    Ok(format!("{expected} links: {}", titles.join(", ")))
}

/// Describes a link in a few words.
fn describe(link: &RoomLink) -> StepResult {
    let details = &link.shared_link;
    let expires = details
        .expiration_date
        .map_or_else(|| "no expiry".to_owned(), |date| format!("until {}", date.to_utc().format("%Y-%m-%d")));
    let password = if details.password.is_some() { ", with a password" } else { "" };
    Ok(format!("“{}”, {}, {expires}{password}, {}", link.title(), kebab(&link.access.to_string()), link.url()))
}
