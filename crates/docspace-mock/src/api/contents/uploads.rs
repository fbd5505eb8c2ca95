//! Uploads, new documents and the check for titles
//! (docs/portal/folders-and-files.md#uploading-a-file).

use crate::api::call::{Call, Missing};
use crate::api::contents::{file_of, file_reply, may_write, room_of, views};
use crate::api::routing::{Route, route};
use crate::state::content::{File, extension_of, kept_content, uploaded_title};
use crate::state::room_types::RoomType;
use crate::state::rooms::stored_title;
use crate::view::content::without_sharer;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::multipart;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "files/{id}/upload", upload),
    route("POST", "files/{id}/upload/check", check),
    route("POST", "files/{id}/text", create_text),
    route("POST", "files/{id}/html", create_html),
    route("POST", "files/{id}/file", create_document),
    route("POST", "files/{id}/insert", insert),
    route("PUT", "files/{id}/update", update),
];

/// The portal expects a title that no form can send (recording content/files).
fn insert(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Err(Failure::null_argument("title"))
}

/// The sizes of the portal's blank documents.
const BLANK: [(&str, i64); 4] = [(".docx", 7726), (".xlsx", 5731), (".pptx", 34699), (".pdf", 10266)];

/// A file that is added to a folder.
pub(super) struct NewFile {
    pub(super) parent: i64,
    pub(super) title: String,
    pub(super) size: i64,
    pub(super) dimensions: Option<(u32, u32)>,
    pub(super) is_blank: bool,
    pub(super) content: Option<String>,
}

pub(super) fn upload(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let part = multipart::first_file(call.request).filter(|part| part.field == "file" && !part.file_name.is_empty());
    let part = part.ok_or_else(|| Failure::null_argument("uploadModel.File"))?;
    let parent = call.id()?;
    let room = room_of(call, parent, Missing::Folder)?;
    if !may_write(call, room) {
        return Err(Failure::denied());
    }
    if room.room_type == RoomType::FILLING_FORMS && !part.file_name.to_lowercase().ends_with(".pdf") {
        let text = "The file cannot be uploaded to this room. Please try to upload the ONLYOFFICE PDF form.";
        return Err(Failure::Thrown(Exception::Plain, Message::plain(text)));
    }
    let size = i64::try_from(part.content.len()).unwrap_or(i64::MAX);
    call.portal.check_quota(room, size)?;
    let title = uploaded_title(&stored_title(&part.file_name));
    let replaces = !call.query.boolean("createNewIfExist").unwrap_or(false);
    let new = NewFile {
        parent,
        title,
        size,
        dimensions: dimensions_of(&part.content),
        is_blank: false,
        content: kept_content(&part.content),
    };
    let id = add(call, new, replaces);
    let (room, file) = file_of(call, id)?;
    // A portal notes in the background that the person has opened the new file. Its answer about
    // the next version shows that or not, and the answer of the mock never does (recordings
    // rooms/news and webhooks/deliveries-files).
    let view = views(call, room).file(file);
    Ok(Reply::one(&[view]))
}

/// New content of a file, which is a new version of it (recording webhooks/deliveries-files,
/// step 16).
fn update(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let part = multipart::first_file(call.request).ok_or_else(|| Failure::null_argument("file"))?;
    let id = call.id()?;
    let (room, file) = file_of(call, id)?;
    let is_locked = file.locked_by.is_some_and(|person| Some(person) != call.caller.person);
    if !may_write(call, room) || is_locked {
        return Err(Failure::denied());
    }
    let size = i64::try_from(part.content.len()).unwrap_or(i64::MAX);
    call.portal.check_quota(room, size)?;
    let (parent, now, me) = (file.parent, call.portal.now(), call.me());
    if let Some(file) = call.portal.rooms.file_mut(id) {
        file.add_version(size, "Edited", now, me);
        file.content = kept_content(&part.content);
    }
    call.portal.announce(id, me);
    call.portal.rooms.note_save(parent, now, me);
    file_reply(call, id)
}

/// The width and height of a PNG picture.
fn dimensions_of(content: &[u8]) -> Option<(u32, u32)> {
    let head = content.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    Some((number(8)?, number(12)?))
}

/// Adds a file, or a version of the file with the same title if `replaces` is true. Without it a
/// title that exists gets a number.
pub(super) fn add(call: &mut Call<'_>, new: NewFile, replaces: bool) -> i64 {
    let (now, me) = (call.portal.now(), call.me());
    let found = call.portal.rooms.around(new.parent).and_then(|room| {
        let same = |file: &&File| file.parent == new.parent && file.title.to_lowercase() == new.title.to_lowercase();
        room.files.iter().find(same).map(|file| file.id)
    });
    if let Some(id) = found.filter(|_| replaces) {
        if let Some(file) = call.portal.rooms.file_mut(id) {
            file.add_version(new.size, "Uploaded", now, me);
            file.content = new.content;
        }
        call.portal.announce(id, me);
        call.portal.rooms.note_save(new.parent, now, me);
        return id;
    }
    let id = call.portal.ids.file();
    if let Some(room) = call.portal.rooms.around_mut(new.parent) {
        let title = room.free_file_title(new.parent, &new.title);
        let file = File::new(id, new.parent, title, new.size, now, me);
        room.add_file(File { dimensions: new.dimensions, is_blank: new.is_blank, content: new.content, ..file });
    }
    call.portal.announce(id, me);
    call.portal.rooms.note_save(new.parent, now, me);
    id
}

pub(super) fn create_text(call: &mut Call<'_>) -> Result<Reply, Failure> {
    create_plain(call, ".txt")
}

pub(super) fn create_html(call: &mut Call<'_>) -> Result<Reply, Failure> {
    create_plain(call, ".html")
}

/// Unlike in an upload, `createNewIfExist` makes a new version
/// (docs/portal/folders-and-files.md#creating-a-file).
fn create_plain(call: &mut Call<'_>, extension: &str) -> Result<Reply, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.CreateTextOrHtmlFile";
    let mut form = call.form("File", dto)?;
    let title = form.text("title", None);
    if title.as_deref().is_some_and(|title| title.is_empty() || title.encode_utf16().count() > 165) {
        let text = "The field Title must be a string with a minimum length of 1 and a maximum length of 165.";
        form.add_rule_error("title", text);
    }
    let content = form.text("content", None);
    let replaces = form.boolean("createNewIfExist").unwrap_or(false);
    form.required(&["title"], dto);
    form.finish()?;
    let parent = call.id()?;
    let title = title.ok_or_else(|| Failure::null_argument("title"))?;
    let content = content.ok_or_else(|| Failure::null_argument("s"))?;
    let missing = Failure::Thrown(Exception::DirectoryNotFound, Message::FolderNotFound);
    let room = call.portal.rooms.around(parent).ok_or(missing)?;
    if !may_write(call, room) {
        return Err(Failure::denied());
    }
    let mut title = stored_title(&title);
    if !title.to_lowercase().ends_with(extension) {
        title += extension;
    }
    let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
    call.portal.check_quota(room, size)?;
    let id = add(
        call,
        NewFile { parent, title, size, dimensions: None, is_blank: false, content: kept_content(content.as_bytes()) },
        replaces,
    );
    // Unlike the answers of other calls that add a file, this one does not say who shared the room.
    let (room, file) = file_of(call, id)?;
    Ok(Reply::one(&without_sharer(views(call, room).file(file))))
}

/// An empty document. A second one may have the same title.
pub(super) fn create_document(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.CreateFile`1[System.Text.Json.JsonElement]";
    let mut form = call.form("File", dto)?;
    let title = form.text("title", Some(165));
    let any_extension = form.boolean("enableExternalExt").unwrap_or(false);
    let template = form.number("templateId").unwrap_or(0);
    form.required(&["title"], dto);
    form.finish()?;
    let parent = call.id()?;
    let title = title.ok_or_else(|| Failure::null_argument("fileWrapper.Title"))?;
    if title.is_empty() {
        return Err(Failure::empty_argument("fileWrapper.Title"));
    }
    if template != 0 && call.portal.rooms.room_with_file(template).is_none() {
        return Err(Failure::refused(Message::FileNotFound));
    }
    let room = call.portal.rooms.around(parent).ok_or_else(Failure::denied)?;
    if !may_write(call, room) {
        return Err(Failure::denied());
    }
    let stored = stored_title(&title);
    let extension = extension_of(&stored).to_lowercase();
    let known = BLANK.iter().find(|(name, _)| *name == extension).map(|(_, size)| *size);
    let (title, size) = match known {
        Some(size) => (stored, size),
        None if any_extension && !extension.is_empty() => (stored, 0),
        None if extension == ".txt" => (format!("{}.docx", &stored[..stored.len() - 4]), BLANK[0].1),
        None => (format!("{stored}.docx"), BLANK[0].1),
    };
    let (id, now, me) = (call.portal.ids.file(), call.portal.now(), call.me());
    if let Some(room) = call.portal.rooms.around_mut(parent) {
        let file = File::new(id, parent, title, size, now, me);
        room.add_file(File { is_blank: true, comment: Some("Created".into()), ..file });
    }
    call.portal.announce(id, me);
    call.portal.rooms.note_save(parent, now, me);
    file_reply(call, id)
}

/// The titles that the folder already contains, spelled as sent
/// (docs/portal/folders-and-files.md#upload-check).
fn check(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Upload", "ASC.Files.Core.ApiModels.RequestDto.CheckUploadRequest")?;
    let titles = form.texts("filesTitle");
    form.finish()?;
    let id = call.id()?;
    let titles = titles.ok_or_else(|| Failure::null_argument("filesTitle"))?;
    let room = room_of(call, id, Missing::Folder)?;
    if !may_write(call, room) {
        return Err(Failure::refused(Message::CannotCreate));
    }
    let mut found: Vec<String> = Vec::new();
    for title in titles.into_iter().flatten() {
        if title.is_empty() {
            return Err(Failure::empty_argument("title"));
        }
        let exists =
            room.files.iter().any(|file| file.parent == id && file.title.to_lowercase() == title.to_lowercase());
        if exists && !found.contains(&title) {
            found.push(title);
        }
    }
    Ok(Reply::list(&found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_of_a_png_are_read_from_its_header() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x08\0\0\0\x10";
        assert_eq!(dimensions_of(png), Some((8, 16)));
        assert_eq!(dimensions_of(b"hello"), None);
    }
}
