//! Creates rooms.

use std::collections::BTreeSet;

use docspace::people::PersonId;
use docspace::rooms::ListRooms;
use docspace::{Portal, Room, RoomType};

use super::failure::ApplyError;
use crate::plan::{RoomPlan, Setting, Template};
use crate::values::Quota;

/// Passes the settings of a new room to a builder.
macro_rules! with_settings {
    ($builder:expr, $settings:expr, { $($pattern:pat => |$own:ident| $set:expr),* $(,)? }) => {{
        let mut builder = $builder;
        for setting in $settings {
            builder = match setting {
                Setting::Color(color) => builder.color(color),
                Setting::Cover(Some(cover)) => builder.cover(cover),
                Setting::Quota(Quota::Bytes(bytes)) => builder.quota(*bytes),
                Setting::Quota(Quota::Unlimited) => builder.no_quota(),
                Setting::Indexing(on) => builder.indexing(*on),
                Setting::DenyDownload(on) => builder.deny_download(*on),
                Setting::Lifetime(Some(lifetime)) => builder.lifetime((*lifetime).into()),
                Setting::Watermark(Some(mark)) => builder.watermark(mark.into()),
                $($pattern => { let $own = builder; $set })*
                _ => builder,
            };
        }
        builder
    }};
}

/// Creates a room, unless there is one with its title and type.
pub(super) async fn room(
    portal: &Portal,
    me: Option<PersonId>,
    plan: &RoomPlan,
    template: Option<&Template>,
    settings: &[Setting],
    tags: &BTreeSet<String>,
) -> Result<Room, ApplyError> {
    let room_type = RoomType::from(plan.room_type);
    let list = portal.rooms().list().room_type(room_type).search(plan.title.clone());
    let alike = list.with_option(me, ListRooms::owner).all().await?;
    if let Some(room) = alike.into_iter().find(|room| room.title == plan.title) {
        return Err(ApplyError::RoomExists(room.id));
    }
    match template {
        Some(template) => {
            let create = portal.template(&template.id).create_room(plan.title.clone()).tags(tags);
            let create = with_settings!(create, settings, {});
            Ok(create.start().await?.wait().await?)
        }
        None => {
            let create = portal.rooms().create(plan.title.clone(), room_type).tags(tags);
            let create = with_settings!(create, settings, {
                Setting::SaveFormAsXlsx(on) => |builder| builder.save_form_as_xlsx(*on),
                Setting::SendFormToExternalDb(on) => |builder| builder.send_form_to_external_db(*on),
            });
            Ok(create.send().await?)
        }
    }
}
