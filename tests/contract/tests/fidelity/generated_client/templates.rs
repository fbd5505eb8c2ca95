//! Calls about templates.

use docspace_api::types::{CreateRoomFromTemplateRequest, CreateTemplateRequest, SetTemplatePublicRequest};
use docspace_api::{Client, ClientTemplatesExt};

use super::{custom_room, success};

pub(crate) async fn call(api: &Client) {
    let room = custom_room(api, "Course").await.number().expect("a room of the portal's own storage");
    success(api.create_template().body(CreateTemplateRequest::new(room, "Course template")).send().await);
    let template = loop {
        let status = success(api.get_template_status().send().await).response.expect("a status");
        if status.is_completed {
            break status.template_id;
        }
    };
    success(api.set_template_public().body(SetTemplatePublicRequest { id: template, public: true }).send().await);
    assert_eq!(success(api.get_template_public().id(template).send().await).response, Some(true));

    let request = CreateRoomFromTemplateRequest::new(template, "Course 2027");
    success(api.create_room_from_template().body(request).send().await);
    while !success(api.get_room_from_template_status().send().await).response.expect("a status").is_completed {}
}
