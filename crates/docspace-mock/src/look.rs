//! What a room looks like and how it is set up: the members that creating, changing, templates and rooms
//! from templates have in common (portal-facts 6.1, 6.4).

use crate::covers;
use crate::portal::Portal;
use crate::state::links::{Link, LinkKind};
use crate::state::rooms::{Area, Lifetime, Room, SubFolder, Watermark};
use crate::state::sharing::{AI, FILL_FORMS, FILLING_FORMS, PUBLIC, READ};
use crate::wire::errors::Fail;
use crate::wire::form::Form;
use crate::wire::say::{Language, Say};
use std::collections::HashSet;
use uuid::Uuid;

/// A part that was sent to be set or to be switched off.
#[derive(Clone, Debug)]
pub(crate) enum Switch<T> {
    On(T),
    Off,
}

/// The members, as far as they were sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    pub(crate) quota: Option<i64>,
    pub(crate) indexing: Option<bool>,
    pub(crate) deny_download: Option<bool>,
    pub(crate) lifetime: Option<Switch<Lifetime>>,
    pub(crate) watermark: Option<Switch<Watermark>>,
    /// The uploaded file to take the picture from.
    pub(crate) logo: Option<String>,
    pub(crate) tags: Option<Vec<Option<String>>>,
    pub(crate) color: Option<String>,
    pub(crate) cover: Option<String>,
    pub(crate) save_as_xlsx: Option<bool>,
    pub(crate) send_to_database: Option<bool>,
}

impl Look {
    /// Takes the members from a body.
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

    /// An unknown cover is refused before anything is made.
    pub(crate) fn check_cover(&self) -> Result<(), Fail> {
        match &self.cover {
            Some(cover) if !cover.is_empty() && !covers::is_known(cover) => Err(Fail::unexpected_argument("icon")),
            _ => Ok(()),
        }
    }

    /// Everything but tags and picture.
    pub(crate) fn apply_settings(&self, room: &mut Room, portal: &mut Portal) {
        if let Some(quota) = self.quota {
            // Below -1 is the portal's default again.
            room.quota = (quota >= -1).then_some(quota);
        }
        room.indexing = self.indexing.unwrap_or(room.indexing);
        room.deny_download = self.deny_download.unwrap_or(room.deny_download);
        room.save_as_xlsx = self.save_as_xlsx.unwrap_or(room.save_as_xlsx);
        room.send_to_database = self.send_to_database.unwrap_or(room.send_to_database);
        match &self.lifetime {
            Some(Switch::On(lifetime)) => room.lifetime = Some(lifetime.clone()),
            Some(Switch::Off) => room.lifetime = None,
            None => {}
        }
        match &self.watermark {
            Some(Switch::On(mark)) => room.watermark = Some(mark.clone()),
            Some(Switch::Off) => room.watermark = None,
            None => {}
        }
        match self.color.as_deref() {
            // An empty colour draws a new one [R rooms/update].
            Some("") => portal.ids.room_color().clone_into(&mut room.color),
            Some(color) => color.clone_into(&mut room.color),
            None => {}
        }
        if let Some(cover) = &self.cover {
            room.cover = Some(cover.clone()).filter(|cover| !cover.is_empty());
        }
    }

    /// Puts the tags on, making those that are not in the catalogue.
    pub(crate) fn apply_tags(&self, room: i64, portal: &mut Portal) -> Result<(), Fail> {
        add_tags(portal, room, self.tags.as_deref().unwrap_or_default())
    }

    /// The tags sent are the only ones afterwards.
    pub(crate) fn replace_tags(&self, room: i64, portal: &mut Portal) -> Result<(), Fail> {
        if self.tags.is_none() {
            return Ok(());
        }
        let old = portal.rooms.get_mut(room).map(|room| std::mem::take(&mut room.tags)).unwrap_or_default();
        drop_unused(portal, &old);
        self.apply_tags(room, portal)
    }

    /// Takes the picture from an uploaded file.
    pub(crate) fn apply_logo(&self, room: i64, portal: &mut Portal, by: Uuid) -> Result<(), Fail> {
        match &self.logo {
            Some(file) => set_picture(portal, room, file, by),
            None => Ok(()),
        }
    }
}

/// The file must have been uploaded by the same person; its bare name is enough (portal-facts 6.11).
pub(crate) fn set_picture(portal: &mut Portal, room: i64, file: &str, by: Uuid) -> Result<(), Fail> {
    let name = file.rsplit('/').next().unwrap_or(file);
    if !portal.uploads.iter().any(|(known, owner)| known == name && *owner == by) {
        return Err(Fail::denied());
    }
    let hash = portal.ids.hash();
    if let Some(room) = portal.rooms.get_mut(room) {
        room.picture = Some(hash);
    }
    Ok(())
}

/// Tags that are taken off their last room are gone from the catalogue; if one of those taken off together
/// is still on a room, all stay (source).
pub(crate) fn drop_unused(portal: &mut Portal, tags: &[u64]) {
    let linked = portal.rooms.iter().any(|room| tags.iter().any(|tag| room.tags.contains(tag)));
    if !linked {
        portal.tags.retain(|tag| !tags.contains(&tag));
    }
}

/// Deleting a room clears the catalogue of every tag that no room has, whoever made it
/// [R permissions/matrix, tags/catalogue].
pub(crate) fn drop_all_unused(portal: &mut Portal) {
    let used: HashSet<u64> = portal.rooms.iter().flat_map(|room| room.tags.iter().copied()).collect();
    portal.tags.retain(|tag| used.contains(&tag));
}

/// Adds tags by name; one that is there already stays where it is.
pub(crate) fn add_tags(portal: &mut Portal, room: i64, names: &[Option<String>]) -> Result<(), Fail> {
    for name in names {
        match name.as_deref() {
            None => return Err(Fail::null_argument("name")),
            Some("") => return Err(Fail::empty_argument("name")),
            Some(_) => {}
        }
    }
    for name in names.iter().flatten() {
        let tag = portal.tags.ensure(name);
        if let Some(room) = portal.rooms.get_mut(room).filter(|room| !room.tags.contains(&tag.id)) {
            room.tags.push(tag.id);
        }
    }
    Ok(())
}

fn lifetime(form: &mut Form) -> Switch<Lifetime> {
    let delete_permanently = form.boolean("deletePermanently").unwrap_or(false);
    let period = form.plain_enum("period", "ASC.Files.Core.RoomDataLifetimePeriod").unwrap_or(0);
    let value = if form.has("value") { form.maybe_int("value") } else { None };
    if value.is_some_and(|value| !(1..=999).contains(&value)) {
        form.rule("value", "The field Value must be between 1 and 999.");
    }
    let enabled = form.maybe_boolean("enabled").unwrap_or(true);
    if enabled { Switch::On(Lifetime { delete_permanently, period, value: value.unwrap_or(0) }) } else { Switch::Off }
}

fn watermark(form: &mut Form) -> Switch<Watermark> {
    let enabled = form.maybe_boolean("enabled").unwrap_or(true);
    let image_url = form.text("imageUrl", None).filter(|url| !url.is_empty());
    let with_image = image_url.is_some();
    // Numbers about an image are kept only with an image (portal-facts 5.1.1).
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
    if enabled { Switch::On(mark) } else { Switch::Off }
}

/// `logo`, whole: where it is sent, all its rules hold.
pub(crate) fn logo(form: &mut Form) -> Option<String> {
    form.ranged("x", 0, 0, 1280);
    form.ranged("y", 0, 0, 1280);
    form.ranged("width", 0, 1, 1280);
    form.ranged("height", 0, 1, 1280);
    form.needed("tmpFile");
    form.text("tmpFile", None)
}

/// A new room with nothing in it, not yet in the portal.
pub(crate) fn blank(portal: &mut Portal, title: String, room_type: i64, owner: Uuid) -> Room {
    let now = portal.now();
    let mut room = Room {
        id: portal.ids.folder(),
        title,
        room_type,
        area: Area::Active,
        owner,
        created: now,
        updated: now,
        updated_by: owner,
        tags: Vec::new(),
        color: portal.ids.room_color().to_owned(),
        cover: None,
        picture: None,
        indexing: false,
        deny_download: false,
        private: false,
        quota: None,
        lifetime: None,
        watermark: None,
        save_as_xlsx: room_type == FILLING_FORMS,
        send_to_database: false,
        links: Vec::new(),
        members: Vec::new(),
        pinned_by: Vec::new(),
        visitors: Vec::new(),
        files: Vec::new(),
        folders: Vec::new(),
    };
    if room_type == AI {
        // FolderType Knowledge and ResultStorage.
        for (system_type, title) in [(32, "Knowledge"), (33, "Result storage")] {
            let id = portal.ids.folder();
            let folder =
                SubFolder { id, parent: room.id, title: title.into(), created: now, created_by: owner, system_type };
            room.folders.push(folder);
        }
    }
    room
}

/// The link that Public and FillingForms rooms are born with, and get back when it is revoked.
pub(crate) fn first_links(room: &mut Room, portal: &mut Portal, language: Language) {
    let (title, access) = match room.room_type {
        PUBLIC => (Say::SharedLink, READ),
        FILLING_FORMS => (Say::FillLink, FILL_FORMS),
        _ => return,
    };
    let id = portal.ids.guid();
    let link = new_link(portal, id, LinkKind::Primary, title.in_language(language), access);
    room.links.push(link);
}

/// A link without options.
pub(crate) fn new_link(portal: &mut Portal, id: Uuid, kind: LinkKind, title: String, access: i64) -> Link {
    Link {
        id,
        kind,
        title,
        access,
        expires: None,
        internal: false,
        password: None,
        deny_download: false,
        most_uses: None,
        uses: 0,
        key: portal.ids.link_key(id),
        address: portal.ids.short_address(),
    }
}
