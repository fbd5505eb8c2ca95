//! Calls about second factors, confirmation links and forgotten passwords. The mock has no second
//! factor and sends no links (docs/portal/credentials.md#second-factor,
//! docs/portal/credentials.md#confirmation-links-and-forgotten-passwords).

use serde::Serialize;

use crate::api::call::Call;
use crate::api::routing::{Route, public, route};
use crate::numbered::numbered;
use crate::state::people::is_address;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    public("POST", "authentication/sendsms", send_sms),
    route("POST", "authentication/setphone", needs_confirmation),
    public("POST", "authentication/confirm", confirm),
    public("POST", "people/password", forgotten_password),
    route("PUT", "people/{id:guid}/password", needs_confirmation),
    public("GET", "people/thirdparty/providers", providers),
];

/// Sends a code to the phone of a person, which the portal cannot do.
fn send_sms(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Web.Api.ApiModel.RequestsDto.AuthRequestsDto")?;
    let name = form.text("userName", None).unwrap_or_default();
    let password = form.text("password", None).unwrap_or_default();
    form.finish()?;
    let known = call.portal.people.by_email(&name).is_some_and(|person| person.password == password);
    Err(if known {
        Failure::Thrown(Exception::MethodAccess, Message::plain("Attempt to access the method failed."))
    } else {
        Failure::Thrown(Exception::Authentication, Message::LoginFailed)
    })
}

/// A call that needs the key of a confirmation link, which no caller of the mock has.
pub(super) fn needs_confirmation(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Err(Failure::Empty(403))
}

numbered! {
    /// The type of a confirmation link (ConfirmType), as far as it is known.
    LinkType {
        EMPLOYEE_INVITATION = 0 "EmpInvite",
        LINK_INVITATION = 1 "LinkInvite",
        PASSWORD_CHANGE = 6 "PasswordChange",
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Validation {
    result: i64,
    is_agent: bool,
}

/// Checks the key of a confirmation link. Every key is wrong.
fn confirm(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Web.Api.ApiModel.RequestsDto.EmailValidationKeyModel")?;
    let kind = form.named_enum::<LinkType>("type", "System.Nullable`1[ASC.Web.Studio.Utility.ConfirmType]");
    form.finish()?;
    match kind {
        None => Err(Failure::empty_argument("email")),
        Some(LinkType::EMPLOYEE_INVITATION) => {
            Err(Failure::refused(Message::plain("Nullable object must have a value.")))
        }
        Some(_) => Ok(Reply::one(&Validation { result: 1, is_agent: false })),
    }
}

/// Answers the same to known and unknown addresses.
fn forgotten_password(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.EmailMemberRequestDto")?;
    let email = form.text("email", None).unwrap_or_default();
    if !is_address(&email) {
        form.add_rule_error("email", "The Email field is not a valid e-mail address.");
    }
    form.finish()?;
    let text = format!(
        "If a user with the {email} email exists, the password change instruction has been sent to this email address."
    );
    Ok(Reply::one(&text))
}

/// Other services to log in with, of which there are none.
fn providers(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::list::<()>(&[]))
}
