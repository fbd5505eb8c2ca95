//! The content of a file (recording webhooks/deliveries-files, step 57). The address is outside of
//! the API, so the answer has no envelope.

use crate::api::call::Call;
use crate::api::contents::may_read;
use crate::auth::Caller;
use crate::http::{Request, Response};
use crate::portal::Portal;
use crate::portal::trail::file_change;
use crate::portal::webhooks::Entity;
use crate::state::entries::EntryId;
use crate::state::people::Language;
use crate::state::trail::Origin;
use crate::state::trail::action::Action;
use crate::state::webhooks::trigger::Trigger;
use crate::wire::query::Query;

/// The path of downloads.
pub(crate) const PATH: &str = "/filehandler.ashx";

/// Answers a download of one file. Other actions of this address are not modeled.
pub(crate) fn answer(portal: &mut Portal, request: &Request, caller: &Caller) -> Response {
    let query = Query::of(&request.query);
    let id: Option<i64> = query.text("fileid").and_then(|id| id.trim().parse().ok());
    let is_download = query.text("action").is_some_and(|action| action.eq_ignore_ascii_case("download"));
    let Some(id) = id.filter(|_| is_download) else { return Response::empty(404) };
    let call =
        Call { portal, request, caller, parameters: Vec::new(), query, language: Language::English, probed: None };
    let Some((room, file)) = call.portal.rooms.room_with_file(id) else { return Response::empty(404) };
    if !may_read(&call, room, EntryId::file(id)) {
        return Response::empty(403);
    }
    let zeros = || vec![0; usize::try_from(file.size).unwrap_or(0)];
    let body = file.content.as_ref().map_or_else(zeros, |content| content.clone().into_bytes());
    let kind = if file.content.is_some() { "text/plain" } else { "application/octet-stream" };
    if let Some(by) = caller.person {
        let change = file_change(call.portal, Action::FILE_DOWNLOADED, room, file, serde_json::json!({})).unnoted();
        let page = Some(format!("{}{}", call.portal.base_url, request.path));
        call.portal.record(Origin { by, ip: Some(request.remote.clone()), page }, change);
        call.portal.happened(by, Trigger::FILE_DOWNLOADED, Entity::File(id));
    }
    let mut answer = Response { status: 200, body, ..Response::default() };
    answer.set_header("content-type", kind);
    answer
}
