//! The root folders of a person: My documents, the trash, and those whose entries the mock does not
//! model (docs/portal/folders-and-files.md#my-documents-the-trash-and-the-other-roots).

use serde_json::{Value, json};

use crate::api::call::{Call, Missing};
use crate::api::contents::lists::{self, Filter};
use crate::api::contents::uploads;
use crate::api::routing::{Handler, Route, route};
use crate::state::entries::FolderType;
use crate::state::people::Role;
use crate::state::rooms::Area;
use crate::view::folder;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "files/@my", my_documents),
    route("GET", "files/@trash", trash),
    route("GET", "files/@root", roots),
    route("GET", "files/@favorites", |call| bare(call, FolderType::FAVORITES)),
    route("GET", "files/recent", |call| bare(call, FolderType::RECENT)),
    route("GET", "files/@share", |call| bare(call, FolderType::SHARE)),
    route("GET", "files/@common", |call| bare(call, FolderType::COMMON)),
    route("GET", "files/@privacy", |_| Err(Failure::denied())),
    route("GET", "files/@privacy/available", |_| Ok(Reply::one(&true))),
    route("GET", "files/@projects", |_| Err(Missing::Folder.failure())),
    route("POST", "files/@my/upload", |call| in_my_documents(call, uploads::upload)),
    route("POST", "files/@my/text", |call| in_my_documents(call, uploads::create_text)),
    route("POST", "files/@my/html", |call| in_my_documents(call, uploads::create_html)),
    route("POST", "files/@my/file", |call| in_my_documents(call, uploads::create_document)),
];

fn my_documents(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = Filter::read(call)?;
    let me = call.me();
    let id = call.portal.my_documents(me).ok_or_else(|| Missing::Folder.failure())?;
    Ok(Reply::one(&lists::list_folder(call, id, &filter)?))
}

fn trash(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = Filter::read(call)?;
    let me = call.me();
    let id = call.portal.own_root(Area::Trash, me);
    Ok(Reply::one(&lists::list_folder(call, id, &filter)?))
}

/// Adds an entry to My documents of the caller, with the call for other folders.
fn in_my_documents(call: &mut Call<'_>, handler: Handler) -> Result<Reply, Failure> {
    let me = call.me();
    let id = call.portal.my_documents(me).ok_or_else(Failure::null_reference)?;
    call.parameters.push(("id", id.to_string()));
    handler(call)
}

/// The lists of all root folders of the caller.
fn roots(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let filter = Filter::read(call)?;
    let without_trash = call.query.boolean("withoutTrash").unwrap_or(false);
    call.query.finish()?;
    let me = call.me();
    let mut all = Vec::new();
    for kind in [FolderType::FAVORITES, FolderType::RECENT, FolderType::SHARE] {
        all.push(bare_list(call, kind, &filter));
    }
    if let Some(id) = call.portal.my_documents(me) {
        all.push(lists::list_folder(call, id, &filter)?);
    }
    if !without_trash {
        let id = call.portal.own_root(Area::Trash, me);
        all.push(lists::list_folder(call, id, &filter)?);
    }
    for area in [Area::Active, Area::Archive] {
        all.push(lists::list_rooms(call, area));
    }
    all.push(bare_list(call, FolderType::AI_AGENTS, &filter));
    Ok(Reply::one(&all))
}

fn bare(call: &mut Call<'_>, kind: FolderType) -> Result<Reply, Failure> {
    let filter = Filter::read(call)?;
    Ok(Reply::one(&bare_list(call, kind, &filter)))
}

/// The list of a root folder without entries.
fn bare_list(call: &mut Call<'_>, kind: FolderType, filter: &Filter) -> Value {
    let id = call.portal.bare_root(kind);
    let root = folder::BareRoot { kind, id };
    let mut current = root.view(call.portal, call.my_role());
    if call.my_role() == Role::Guest && matches!(kind, FolderType::FAVORITES | FolderType::RECENT) {
        // A Guest has no My documents, and sees its title here (recording content/my-and-trash).
        for name in ["originTitle", "originRoomTitle"] {
            current[name] = json!(Area::My.title());
        }
    }
    json!({
        "files": [],
        "folders": [],
        "current": current,
        "pathParts": [{"id": id, "title": root.title(), "folderType": kind}],
        "startIndex": filter.start,
        "count": 0,
        "total": 0,
        "new": 0,
    })
}
