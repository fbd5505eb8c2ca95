//! Listing and canceling operations (docs/portal/operations.md#polling).

use crate::api::call::Call;
use crate::api::fileops;
use crate::api::routing::{Route, public};
use crate::state::operations::{Operation, OperationType, Stage};
use crate::view;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    public("GET", "files/fileops", list),
    public("GET", "files/fileops/{operationType}", list_type),
    public("PUT", "files/fileops/terminate", terminate),
    public("PUT", "files/fileops/terminate/{id}", terminate),
    public("PUT", "files/fileops/bulkdownload", bulk_download),
];

fn list_operations(call: &mut Call<'_>, wanted: impl Fn(&Operation) -> bool) -> Reply {
    let me = call.me();
    let listed = call.portal.operations.read(me, wanted);
    let views: Vec<_> = listed.iter().map(|operation| view::operation::operation(call.portal, operation)).collect();
    Reply::one(&views)
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.query.text("id");
    Ok(list_operations(call, |operation| is_wanted(operation, id.as_deref())))
}

fn is_wanted(operation: &Operation, id: Option<&str>) -> bool {
    id.is_none_or(|id| id.is_empty() || id.eq_ignore_ascii_case(&operation.id.to_string()))
}

fn list_type(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let typed = call.parameter("operationType").to_owned();
    let kind = call.query.enum_value::<OperationType>("operationType", &typed);
    call.query.finish()?;
    if matches!(kind, Some(OperationType::IMPORT | OperationType::CONVERT)) {
        let text = "Specified argument was out of the range of valid values.";
        return Err(Failure::Thrown(Exception::ArgumentOutOfRange, Message::plain(text)));
    }
    let id = call.query.text("id");
    let queue = kind.map(OperationType::queue);
    Ok(list_operations(call, |operation| {
        Some(operation.task.operation_type().queue()) == queue && is_wanted(operation, id.as_deref())
    }))
}

fn terminate(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = Some(call.parameter("id").to_owned()).filter(|id| !id.is_empty());
    let me = call.me();
    for operation in &mut call.portal.operations.all {
        if operation.owner == me && operation.stage != Stage::Done && is_wanted(operation, id.as_deref()) {
            // A running operation stops at its next entry, and is listed once more when it is
            // finished (docs/portal/operations.md#canceling).
            operation.hidden = true;
            operation.canceled = true;
        }
    }
    Ok(list_operations(call, |_| true))
}

fn bulk_download(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if call.caller.person.is_none() {
        return Ok(Reply::one(&[(); 0]));
    }
    fileops::download(call)
}
