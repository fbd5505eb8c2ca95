//! Listing and terminating operations (portal-facts 8.1): what is finished is told once.

use crate::api::call::Call;
use crate::api::routing::{Route, public, route};
use crate::state::operations::{Operation, OperationType, Stage};
use crate::view;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    public("GET", "files/fileops", list),
    public("GET", "files/fileops/{operationType}", list_kind),
    // Shadows the listing by the name `move`: a check for conflicts that needs parameters.
    route("GET", "files/fileops/move", conflicts),
    public("PUT", "files/fileops/terminate", terminate),
    public("PUT", "files/fileops/terminate/{id}", terminate),
    public("PUT", "files/fileops/bulkdownload", bulk_download),
];

fn shown(call: &mut Call<'_>, wanted: impl Fn(&Operation) -> bool) -> Reply {
    let me = call.me();
    let listed = call.portal.operations.read(me, wanted);
    let views: Vec<_> = listed.iter().map(|operation| view::operation::operation(call.portal, operation)).collect();
    Reply::one(&views)
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.query.text("id");
    Ok(shown(call, |operation| is_meant(operation, id.as_deref())))
}

fn is_meant(operation: &Operation, id: Option<&str>) -> bool {
    id.is_none_or(|id| id.is_empty() || id.eq_ignore_ascii_case(&operation.id.to_string()))
}

fn list_kind(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let typed = call.parameter("operationType").to_owned();
    let kind = call.query.one_of::<OperationType>("operationType", &typed);
    call.query.done()?;
    if matches!(kind, Some(OperationType::IMPORT | OperationType::CONVERT)) {
        let text = "Specified argument was out of the range of valid values.";
        return Err(Failure::Thrown(Exception::ArgumentOutOfRange, Message::plain(text)));
    }
    let id = call.query.text("id");
    // Moving and copying have one queue.
    let queue = if kind == Some(OperationType::COPY) { Some(OperationType::MOVE) } else { kind };
    Ok(shown(call, |operation| Some(operation.task.operation_type()) == queue && is_meant(operation, id.as_deref())))
}

fn conflicts(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Err(Failure::invalid_state())
}

fn terminate(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = Some(call.parameter("id").to_owned()).filter(|id| !id.is_empty());
    let me = call.me();
    for operation in &mut call.portal.operations.all {
        if operation.owner == me && operation.stage != Stage::Done && is_meant(operation, id.as_deref()) {
            // A job that runs stops at its next entry and shows up once more, finished.
            operation.hidden = true;
            operation.cancelled = true;
        }
    }
    Ok(shown(call, |_| true))
}

fn bulk_download(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if call.caller.person.is_none() {
        return Ok(Reply::one(&[(); 0]));
    }
    // Downloads need files and a document service, of which the mock has none.
    Err(Failure::invalid_state())
}
