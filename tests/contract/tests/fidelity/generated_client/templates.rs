//! Calls about templates.

use docspace_api::types::{CreateRoomFromTemplateRequest, CreateTemplateRequest, SetTemplatePublicRequest};
use docspace_api::{Client, ClientTemplatesExt};

use super::{custom_room, done};

pub(crate) async fn call(api: &Client) {
    let room = custom_room(api, "Course").await.number().expect("a room of the portal's own storage");
    done(api.create_template().body(CreateTemplateRequest::new(room, "Course template")).send().await);
    let template = loop {
        let status = done(api.get_template_status().send().await).response.expect("a status");
        if status.is_completed {
            break status.template_id;
        }
    };
    done(api.set_template_public().body(SetTemplatePublicRequest { id: template, public: true }).send().await);
    assert_eq!(done(api.get_template_public().id(template).send().await).response, Some(true));

    let request = CreateRoomFromTemplateRequest::new(template, "Course 2027");
    done(api.create_room_from_template().body(request).send().await);
    while !done(api.get_room_from_template_status().send().await).response.expect("a status").is_completed {}
}
