//! Calls about people, people groups and signing in.

use docspace_api::types::{
    AuthenticateRequest, CheckConfirmationRequest, CreatePeopleGroupRequest, CreatePersonRequest, InvitePeopleRequest,
    SetMobilePhoneRequest,
};
use docspace_api::{Client, ClientAuthExt, ClientPeopleExt, ClientPortalExt, ConfirmationResult, PersonStatus};
use docspace_mock::MockPortal;
use serde_json::json;

use super::{assert_refused, from_json, success};

pub(crate) async fn call(api: &Client, mock: &MockPortal) {
    let me = success(api.get_self().send().await).response.expect("a profile");
    success(api.get_person().id(me.id.0.to_string()).send().await);
    let person = json!({ "email": "eva@example.com", "firstName": "Eva", "lastName": "E", "type": "User",
                         "password": "LongEnough1!" });
    let eva = success(api.create_person().body(from_json::<CreatePersonRequest>(person)).send().await);
    let eva = eva.response.expect("a profile").id;
    let invitation = json!({ "invitations": [{ "email": "new@example.com", "type": "User" }] });
    success(api.invite_people().body(from_json::<InvitePeopleRequest>(invitation)).send().await);
    success(api.get_person_by_email().email("eva@example.com").send().await);
    success(api.list_people().count(10).send().await);
    success(api.search_people().filter_value("eva").send().await);
    success(api.find_people().query("eva").send().await);
    success(api.find_people_by_status().status(PersonStatus::Active).query("eva").send().await);

    let group = json!({ "groupName": "Auditors", "groupManager": me.id, "members": [eva] });
    let group = success(api.create_people_group().body(from_json::<CreatePeopleGroupRequest>(group)).send().await);
    let group = group.response.expect("a group").id;
    success(api.list_people_groups().send().await);
    success(api.get_people_group().id(group).send().await);
    success(api.delete_people_group().id(group).send().await);

    success(api.get_capabilities().send().await);
    success(api.get_portal_version().send().await);
    assert_eq!(success(api.get_authentication().send().await).response, Some(true));
    let credentials = json!({ "userName": mock.email("ann"), "password": mock.password("ann") });
    let request: AuthenticateRequest = from_json(credentials.clone());
    assert!(success(api.authenticate().body(request).send().await).response.expect("a token").token.is_some());
    // No person on the mock portal has a second factor.
    let mut wrong = credentials;
    wrong["password"] = json!("wrong");
    wrong["code"] = json!("123456");
    assert_refused(
        api.authenticate_with_code()
            .code("123456")
            .body(from_json::<docspace_api::types::AuthenticateWithCodeRequest>(wrong))
            .send()
            .await,
        401,
    );
    // The mock portal sends no messages, so there is no phone and no key of a confirmation link.
    let request: AuthenticateRequest =
        from_json(json!({ "userName": mock.email("ann"), "password": mock.password("ann") }));
    assert_refused(api.send_sms_code().body(request).send().await, 500);
    let phone: SetMobilePhoneRequest = from_json(json!({ "mobilePhone": "+15550100" }));
    assert_refused(api.set_mobile_phone().body(phone).send().await, 403);
    let link: CheckConfirmationRequest = from_json(json!({ "type": "LinkInvite", "key": "0.x" }));
    let checked = success(api.check_confirmation().body(link).send().await).response.expect("a result");
    assert_eq!(checked.result, ConfirmationResult::Invalid);
    success(api.logout().send().await);
}
