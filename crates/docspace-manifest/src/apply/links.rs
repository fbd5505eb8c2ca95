//! Changes links.

use docspace::links::{CreateInvitation, CreateLink, LinkId, UpdateLink};
use docspace::{RoomHandle, Secret, Timestamp};
use uuid::Uuid;

use super::failure::ApplyError;
use crate::ids::LinkIds;
use crate::manifest::Link;
use crate::names::LinkTypeName;
use crate::plan::{LinkChange, LinkSetting};
use crate::values::{Date, Password};

/// Creates a link. Repeating it changes the same link again, because its id is derived from its
/// name.
pub(super) async fn create(room: &RoomHandle, ids: &LinkIds, name: &str, link: &Link) -> Result<(), ApplyError> {
    let links = room.links();
    let id = LinkId(ids.id(link.link_type, name));
    let (title, access) = (link.title(name), link.access.into());
    let (expires, password) = (link.expires.flatten(), password(link)?);
    match link.link_type {
        LinkTypeName::External => {
            let create = links.create(access).id(id).title(title).expires(timestamp(expires));
            let create = create
                .with_option(link.internal, CreateLink::internal)
                .with_option(link.deny_download, CreateLink::deny_download)
                .with_option(password, CreateLink::password);
            create.send().await?;
        }
        LinkTypeName::Invitation => {
            let create = links.invite(access).id(id).title(title).expires(timestamp(expires));
            create.with_option(link.max_uses.flatten(), CreateInvitation::max_uses).send().await?;
        }
        LinkTypeName::Primary => {
            // A portal creates it with its own options (docs/portal/links.md#the-primary-link).
            let primary = links.primary().await?;
            let update = links.update(&primary).title(title).access(access);
            let update = update
                .with_option(expires, |update, date| update.expires(Timestamp::from(date)))
                .with_option(link.internal, UpdateLink::internal)
                .with_option(link.deny_download, UpdateLink::deny_download)
                .with_option(password, UpdateLink::password);
            update.send().await?;
        }
    }
    Ok(())
}

/// Changes a link. Without an id, it is the primary link.
pub(super) async fn change(room: &RoomHandle, id: Option<Uuid>, changes: &[LinkChange]) -> Result<(), ApplyError> {
    let links = room.links();
    let id = match id {
        Some(id) => LinkId(id),
        None => links.primary().await?.id(),
    };
    let mut update = links.update(id);
    for change in changes {
        update = match &change.after {
            LinkSetting::Title(title) => update.title(title),
            LinkSetting::Access(access) => update.access((*access).into()),
            LinkSetting::Expires(Some(date)) => update.expires(Timestamp::from(*date)),
            LinkSetting::Expires(None) => update.remove_expiry(),
            LinkSetting::Password(Some(password)) => update.password(known(password)?),
            LinkSetting::Password(None) => update.remove_password(),
            LinkSetting::Internal(on) => update.internal(*on),
            LinkSetting::DenyDownload(on) => update.deny_download(*on),
            LinkSetting::MaxUses(Some(count)) => update.max_uses(*count),
            LinkSetting::MaxUses(None) => update.remove_max_uses(),
        };
    }
    update.send().await?;
    Ok(())
}

/// Revokes a link. One that is gone is as good as revoked.
pub(super) async fn revoke(room: &RoomHandle, id: Uuid) -> Result<(), ApplyError> {
    match room.links().revoke(LinkId(id)).await {
        Err(error) if !error.is_not_found() => Err(error.into()),
        _ => Ok(()),
    }
}

fn timestamp(date: Option<Date>) -> Option<Timestamp> {
    date.map(Into::into)
}

/// The password of a new link. A link whose password is not known is not created: it would be open
/// to everyone.
fn password(link: &Link) -> Result<Option<Secret>, ApplyError> {
    link.password.iter().flatten().next().map(known).transpose()
}

fn known(password: &Password) -> Result<Secret, ApplyError> {
    match password {
        Password::Text(text) => Ok(text.clone()),
        Password::Env { env } => Err(ApplyError::NoPassword(env.clone())),
    }
}
