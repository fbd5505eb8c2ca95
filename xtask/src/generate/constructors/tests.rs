//! Tests of constructors, on a small spec.

use super::*;

/// Every kind of property, required and optional, and schemas that get no constructor.
const PROPERTIES: &str = "
paths:
  /rooms/{id}:
    put:
      operationId: updateRoom
      tags: [Rooms]
      parameters: [{in: path, name: id, required: true, schema: {type: integer, format: int32}}]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/RoomRequest'}}}
      responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Room'}}}}}
components:
  schemas:
    RoomRequest:
      description: What to change.
      type: object
      required: [title, roomType, owner, size, tags, members, logo]
      properties:
        logo: {$ref: '#/components/schemas/Logo'}
        members: {description: Who is in it., type: array, items: {$ref: '#/components/schemas/PersonId'}}
        owner: {description: Whose it is., allOf: [{$ref: '#/components/schemas/PersonId'}]}
        roomType: {$ref: '#/components/schemas/RoomType'}
        size: {description: How large it is., type: integer, format: int64}
        tags: {description: Its tags., type: array, items: {type: string}}
        title:
          description: |
            Its title,
            in one line.
          type: string
        color: {description: Its color., type: string}
        private: {description: Whether it is private., type: boolean}
        sizes: {description: Other sizes., type: array, items: {type: integer, format: int32}}
    RoomType: {description: What the room is for., type: integer, enum: [1], x-enum-varnames: [Custom], x-enum-descriptions: [Anything.]}
    PersonId: {description: A person., type: string, format: uuid}
    Logo:
      description: A part of a picture.
      allOf: [{$ref: '#/components/schemas/Picture'}, {type: object, properties: {x: {description: Left edge., type: integer, format: int32}}}]
    Picture: {description: A picture., type: object, required: [file], properties: {file: {description: The file., type: string}}}
    Room: {description: An answer., type: object, required: [id], properties: {id: {type: integer, format: int32}, title: {type: string}}}
";

fn constructors_of(properties: &str) -> Result<String> {
    let text = format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}{properties}");
    let spec: Value = serde_yaml::from_str(&text).unwrap();
    let client = crate::generate::client(&spec).unwrap();
    constructors(&spec, &client).map(|file| prettyplease::unparse(&file))
}

#[test]
fn constructors_take_required_properties_in_the_order_of_the_spec() {
    let expected = "\
use crate::types;
impl types::Logo {
    /// Creates the value from its required properties. The optional ones are left out.
    ///
    /// - `file`: The file.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), x: None }
    }
}
impl types::RoomRequest {
    /// Creates the value from its required properties. The optional ones are left out.
    ///
    /// - `title`: Its title, in one line.
    /// - `room_type`: What the room is for.
    /// - `owner`: Whose it is.
    /// - `size`: How large it is.
    /// - `tags`: Its tags.
    /// - `members`: Who is in it.
    /// - `logo`: A part of a picture.
    pub fn new(
        title: impl Into<String>,
        room_type: crate::RoomType,
        owner: types::PersonId,
        size: i64,
        tags: impl IntoIterator<Item = impl Into<String>>,
        members: impl IntoIterator<Item = types::PersonId>,
        logo: types::Logo,
    ) -> Self {
        Self {
            title: title.into(),
            room_type,
            owner,
            size,
            tags: tags.into_iter().map(Into::into).collect(),
            members: members.into_iter().collect(),
            logo,
            color: None,
            private: None,
            sizes: Default::default(),
        }
    }
}
";
    assert_eq!(constructors_of(PROPERTIES).unwrap(), expected);
}

#[test]
fn hand_written_constructor_gets_a_generated_helper() {
    let renamed = PROPERTIES.replace("RoomRequest", "SetRoomLinkRequest");
    assert!(constructors_of(&renamed).unwrap().contains("    pub(crate) fn required(\n        title: "));
}

#[test]
fn optional_property_with_a_default_is_rejected() {
    let plain = "color: {description: Its color., type: string}";
    let with_default = "color: {description: Its color., type: string, default: red}";
    assert!(PROPERTIES.contains(plain));
    let message = format!("{:#}", constructors_of(&PROPERTIES.replace(plain, with_default)).unwrap_err());
    assert!(message.contains("schema RoomRequest") && message.contains("color has a default"), "{message}");
}
