//! The settings of a room: fields of the bodies that create rooms, change rooms, make templates,
//! and make rooms from templates (docs/portal/rooms.md#creating-a-room).

use uuid::Uuid;

use crate::covers;
use crate::portal::Portal;
use crate::state::room_settings::{Lifetime, LifetimePeriod, Watermark};
use crate::state::rooms::Room;
use crate::wire::failure::Failure;
use crate::wire::form::Form;

/// A setting that the request turns on with a value, or turns off.
#[derive(Clone, Debug)]
pub(crate) enum Switch<T> {
    On(T),
    Off(T),
}

impl<T> Switch<T> {
    /// The value of the setting, whether it is on or off.
    fn value(&self) -> &T {
        let (Self::On(value) | Self::Off(value)) = self;
        value
    }
}

/// The settings that were sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoomSettings {
    pub(crate) quota: Option<i64>,
    pub(crate) indexing: Option<bool>,
    pub(crate) deny_download: Option<bool>,
    pub(crate) lifetime: Option<Switch<Lifetime>>,
    pub(crate) watermark: Option<Switch<Watermark>>,
    /// The uploaded file of the picture.
    pub(crate) logo: Option<String>,
    pub(crate) tags: Option<Vec<Option<String>>>,
    pub(crate) color: Option<String>,
    pub(crate) cover: Option<String>,
    pub(crate) save_as_xlsx: Option<bool>,
    pub(crate) send_to_database: Option<bool>,
}

impl RoomSettings {
    /// Reads the settings from a body.
    pub(crate) fn read(form: &mut Form) -> Self {
        Self {
            quota: form.number("quota"),
            indexing: form.maybe_boolean("indexing"),
            deny_download: form.maybe_boolean("denyDownload"),
            lifetime: form.object("lifetime", "ASC.Files.Core.ApiModels.RoomDataLifetimeDto", lifetime),
            watermark: form.object("watermark", "ASC.Files.Core.ApiModels.WatermarkRequestDto", watermark),
            logo: form.object("logo", "ASC.Files.Core.ApiModels.RequestDto.LogoRequest", logo).flatten(),
            tags: form.texts("tags"),
            color: form.text("color", Some(6)),
            cover: form.text("cover", Some(50)),
            save_as_xlsx: form.maybe_boolean("saveFormAsXLSX"),
            send_to_database: form.maybe_boolean("sendFormToExternalDB"),
        }
    }

    /// Fails if the cover does not exist. Handlers call it before they create anything.
    pub(crate) fn check_cover(&self) -> Result<(), Failure> {
        check_cover(self.cover.as_deref())
    }

    /// Applies the settings, except the tags and the picture.
    pub(crate) fn apply_settings(&self, room: &mut Room, portal: &mut Portal) {
        if let Some(quota) = self.quota {
            // A number below -1 means the default of the portal.
            room.quota = (quota >= -1).then_some(quota);
        }
        room.set_indexing(self.indexing.unwrap_or(room.indexing));
        room.deny_download = self.deny_download.unwrap_or(room.deny_download);
        room.save_as_xlsx = self.save_as_xlsx.unwrap_or(room.save_as_xlsx);
        room.send_to_database = self.send_to_database.unwrap_or(room.send_to_database);
        match &self.lifetime {
            Some(Switch::On(lifetime)) => room.lifetime = Some(lifetime.clone()),
            Some(Switch::Off(_)) => room.lifetime = None,
            None => {}
        }
        match &self.watermark {
            Some(Switch::On(mark)) => room.watermark = Some(mark.clone()),
            Some(Switch::Off(_)) => room.watermark = None,
            None => {}
        }
        match self.color.as_deref() {
            // An empty color sets a random one (recording rooms/update).
            Some("") => portal.ids.room_color().clone_into(&mut room.color),
            Some(color) => color.clone_into(&mut room.color),
            None => {}
        }
        if let Some(cover) = &self.cover {
            room.cover = Some(cover.clone()).filter(|cover| !cover.is_empty());
        }
    }

    /// The lifetime of a new room. A create stores it even if it is turned off
    /// (docs/portal/rooms.md#creating-a-room).
    pub(crate) fn initial_lifetime(&self) -> Option<Lifetime> {
        self.lifetime.as_ref().map(|lifetime| lifetime.value().clone())
    }

    /// Adds the tags to the room. Tags that do not exist are created.
    pub(crate) fn apply_tags(&self, room: i64, portal: &mut Portal) -> Result<(), Failure> {
        portal.add_tags(room, self.tags.as_deref().unwrap_or_default())
    }

    /// Replaces the tags of the room, if the request contains tags.
    pub(crate) fn replace_tags(&self, room: i64, portal: &mut Portal) -> Result<(), Failure> {
        if self.tags.is_none() {
            return Ok(());
        }
        if let Some(room) = portal.rooms.get_mut(room) {
            room.tags.clear();
        }
        self.apply_tags(room, portal)
    }

    /// Sets the picture of the room, if the request contains one.
    pub(crate) fn apply_logo(&self, room: i64, portal: &mut Portal, by: Uuid) -> Result<(), Failure> {
        match &self.logo {
            Some(file) => portal.set_picture(room, file, by),
            None => Ok(()),
        }
    }
}

/// Fails if the cover does not exist. An empty cover is allowed.
pub(crate) fn check_cover(cover: Option<&str>) -> Result<(), Failure> {
    match cover {
        Some(cover) if !cover.is_empty() && !covers::is_known(cover) => Err(Failure::unexpected_argument("icon")),
        _ => Ok(()),
    }
}

fn lifetime(form: &mut Form) -> Switch<Lifetime> {
    let delete_permanently = form.boolean("deletePermanently").unwrap_or(false);
    let period = form.plain_enum("period", "ASC.Files.Core.RoomDataLifetimePeriod").unwrap_or(LifetimePeriod::DAYS);
    let value = if form.has("value") { form.maybe_int("value") } else { None };
    if value.is_some_and(|value| !(1..=999).contains(&value)) {
        form.add_rule_error("value", "The field Value must be between 1 and 999.");
    }
    let enabled = form.maybe_boolean("enabled").unwrap_or(true);
    let lifetime = Lifetime { delete_permanently, period, value: value.unwrap_or(0) };
    if enabled { Switch::On(lifetime) } else { Switch::Off(lifetime) }
}

fn watermark(form: &mut Form) -> Switch<Watermark> {
    let enabled = form.maybe_boolean("enabled").unwrap_or(true);
    let image_url = form.text("imageUrl", None).filter(|url| !url.is_empty());
    let with_image = image_url.is_some();
    // Numbers about an image are stored only together with an image (docs/portal/rooms.md#values).
    let about_image = |value: Option<f64>| value.filter(|_| with_image).unwrap_or(0.0);
    let mark = Watermark {
        additions: form.maybe_int("additions").unwrap_or(0),
        rotate: form.int("rotate").unwrap_or(0),
        image_scale: form.int("imageScale").filter(|_| with_image).unwrap_or(0),
        image_height: about_image(form.double("imageHeight")),
        image_width: about_image(form.double("imageWidth")),
        text: form.text("text", Some(255)),
        image_url,
    };
    if enabled { Switch::On(mark) } else { Switch::Off(mark) }
}

/// Reads the object `logo`. Returns the uploaded file.
pub(crate) fn logo(form: &mut Form) -> Option<String> {
    form.ranged("x", 0, 0, 1280);
    form.ranged("y", 0, 0, 1280);
    form.ranged("width", 0, 1, 1280);
    form.ranged("height", 0, 1, 1280);
    form.require_not_blank("tmpFile");
    form.text("tmpFile", None)
}
