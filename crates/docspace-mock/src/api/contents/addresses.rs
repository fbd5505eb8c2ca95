//! Addresses of the content of files, and what the portal's editors ask
//! (docs/portal/folders-and-files.md#reading-renaming-and-restoring-a-file).

use serde_json::json;

use crate::api::call::Call;
use crate::api::contents::{file_of, may_read};
use crate::api::routing::{Route, route};
use crate::state::content::File;
use crate::state::entries::{EntryId, FileType};
use crate::state::people::{ActivationStatus, Person};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "files/file/{id}/presigneduri", address),
    route("GET", "files/file/{id}/presigned", signed_address),
    route("GET", "files/file/{id}/openedit", open_editor),
    route("GET", "files/file/{id}/protectusers", protected_users),
    route("GET", "files/file/{id}/sharedusers", shared_users),
    route("GET", "files/file/{id}/isformpdf", is_form),
];

/// The file in the path, if the caller may read it.
fn readable<'a>(call: &'a Call<'_>) -> Result<&'a File, Failure> {
    let id = call.id()?;
    let (room, file) = file_of(call, id)?;
    if !may_read(call, room, EntryId::file(id)) {
        return Err(Failure::refused(Message::plain("You don't have enough permission to view the file")));
    }
    Ok(file)
}

/// An address of the content that needs no credentials.
fn stream_address(call: &mut Call<'_>) -> Result<String, Failure> {
    let auth = call.portal.ids.hex(32);
    let file = readable(call)?;
    let (base, id, version) = (&call.portal.base_url, file.id, file.version);
    Ok(format!("{base}/filehandler.ashx?action=stream&fileid={id}&version={version}&stream_auth={auth}"))
}

fn address(call: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&stream_address(call)?))
}

fn signed_address(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let address = stream_address(call)?;
    let token = call.portal.ids.hex(64);
    let file = readable(call)?;
    Ok(Reply::one(&json!({"filetype": file.extension(), "token": token, "url": address})))
}

/// Without a document service no format can be edited.
fn open_editor(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let extension = readable(call)?.extension();
    let text = format!("Sorry, this file format isn't supported ({extension})");
    Err(Failure::Thrown(Exception::NotSupported, Message::Plain(text)))
}

fn protected_users(call: &mut Call<'_>) -> Result<Reply, Failure> {
    readable(call)?;
    Ok(Reply::list::<()>(&[]))
}

/// The people whom the caller can mention in the file: admins, the owner and the members of the
/// room, without the caller. The recording content/files, step 139, shows an admin of a room without
/// members.
fn shared_users(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let file = readable(call)?.id;
    let (room, _) = file_of(call, file)?;
    let has_access = |id| room.owner == id || room.members.iter().any(|member| member.subject == id);
    let is_listed =
        |person: &&Person| Some(person.id) != call.caller.person && (person.role.is_admin() || has_access(person.id));
    let date = |person: &Person| dates::write_raw(dates::whole_seconds(person.registered));
    let view = |person: &Person| {
        let mut user = json!({
            "id": person.id,
            "firstName": person.first_name,
            "lastName": person.last_name,
            "userName": person.user_name,
            "status": person.status,
            "activationStatus": person.activation,
            "workFromDate": date(person),
            "email": person.email,
            "removed": false,
            "lastModified": date(person),
            "tenantId": 1,
            "isActive": person.activation == ActivationStatus::ACTIVATED,
            "mobilePhoneActivationStatus": 0,
            // The portal's own spelling.
            "ldapQouta": 0,
            "createDate": date(person),
            "checkActivation": person.activation == ActivationStatus::PENDING,
        });
        if let Some(by) = person.created_by {
            user["createdBy"] = json!(by);
        }
        json!({
            "user": user,
            "email": person.email,
            "id": person.id,
            "image": format!("{}/static/images/default_user_photo_size_48-48.png", call.portal.base_url),
            "hasAccess": has_access(person.id),
            "name": person.display_name(),
        })
    };
    let people = call.portal.people.all().iter().filter(is_listed).map(view);
    Ok(Reply::list(&people.collect::<Vec<_>>()))
}

fn is_form(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let file = readable(call)?;
    Ok(Reply::one(&(file.is_blank && FileType::of_extension(&file.extension()) == FileType::PDF)))
}
