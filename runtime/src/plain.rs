//! Plain XML over HTTP: documents without envelope and without namespaces.
//!
//! A request is `POST <endpoint>/<Method>` with `<Method><param>…</param></Method>`, or GET with the parameters as path
//! segments; a reply is `<MethodResponse>`. HTTP Basic is sent when credentials are set.

use http::{HeaderMap, HeaderValue, Method as HttpMethod, header};

use crate::call::Built;
use crate::call::Job;
use crate::call::endpoint::{self, Endpoint};
use crate::codec::{Profile, append_element, encode_path};
use crate::failure::Problem;
use crate::operation::{Method, Plain, Route};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

pub(crate) fn build(job: &Job<'_>, plain: Plain, route: &Route, endpoint: &Endpoint) -> Result<Built, Problem> {
    let mut headers = HeaderMap::new();
    if let Some(credentials) = &job.settings.credentials {
        if !plain.basic {
            return Err(Problem::Config(
                "credentials are set, but the contract does not say that this binding takes any (`auth = basic` would)"
                    .into(),
            ));
        }
        let basic = credentials.basic().ok_or_else(colon)?;
        headers.insert(header::AUTHORIZATION, basic);
    }
    match route.method {
        Method::Post | Method::PostForm | Method::PostDocument => {
            let mut text = String::from(DECLARATION);
            let secrets =
                append_element(&mut text, job.operation.input, Profile::PLAIN, job.input).map_err(Problem::Encode)?;
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
            Ok(Built {
                method: HttpMethod::POST,
                uri: endpoint::join(&endpoint.uri, route.path).map_err(Problem::Config)?,
                headers,
                body: text.into_bytes(),
                secrets,
                message_id: None,
                package: None,
            })
        }
        Method::GetPath | Method::GetQuery | Method::GetReplaced => {
            let segments = encode_path(job.operation.input, Profile::PLAIN, job.input).map_err(Problem::Encode)?;
            let path = format!("{}{}", route.path, segments.text);
            Ok(Built {
                method: HttpMethod::GET,
                uri: endpoint::join(&endpoint.uri, &path).map_err(Problem::Config)?,
                headers,
                body: Vec::new(),
                secrets: segments.secrets,
                message_id: None,
                package: None,
            })
        }
    }
}

/// HTTP Basic cannot carry a user name with a colon.
pub(crate) fn colon() -> Problem {
    Problem::Config("the user name holds a colon, which HTTP Basic cannot carry".into())
}
