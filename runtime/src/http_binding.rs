//! WSDL's HTTP binding (WSDL 1.1 §4): the parts of a message as a form, in a query string or in the path; or a document.
//! The reply is a document, or content of any kind.

use http::{HeaderMap, HeaderValue, Method as HttpMethod, header};

use crate::call::endpoint::{self, Endpoint};
use crate::call::{Built, Job};
use crate::codec::pairs::{Pair, encode_pairs};
use crate::codec::segments::append_segment;
use crate::codec::{Profile, append_element};
use crate::failure::Problem;
use crate::operation::{Http, Method, Route};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

/// How the codec writes and reads documents on the binding.
pub(crate) const fn profile(http: Http) -> Profile {
    Profile::SOAP.default_namespace(!http.unqualified)
}

pub(crate) fn build(job: &Job<'_>, http: Http, route: &Route, endpoint: &Endpoint) -> Result<Built, Problem> {
    let mut headers = HeaderMap::new();
    if let Some(credentials) = &job.settings.credentials {
        headers.insert(header::AUTHORIZATION, credentials.basic().ok_or_else(crate::plain::colon)?);
    }
    let mut built = Built {
        method: HttpMethod::GET,
        uri: endpoint.uri.clone(),
        headers,
        body: Vec::new(),
        secrets: Vec::new(),
        message_id: None,
        package: None,
    };
    let mut path = route.path.to_owned();
    let profile = profile(http);
    match route.method {
        Method::PostDocument | Method::Post => {
            let mut text = String::from(DECLARATION);
            if job.operation.input.local.is_empty() {
                return Err(Problem::Config("the input is no single document, which this binding needs".into()));
            }
            built.secrets =
                append_element(&mut text, job.operation.input, profile, job.input).map_err(Problem::Encode)?;
            post(&mut built, "text/xml; charset=utf-8", text);
        }
        Method::PostForm => {
            let pairs = pairs(job, profile)?;
            let form = Form::new(&pairs);
            built.secrets = form.secrets;
            post(&mut built, "application/x-www-form-urlencoded", form.text);
        }
        Method::GetQuery => {
            let pairs = pairs(job, profile)?;
            if !pairs.is_empty() {
                path.push(if path.contains('?') { '&' } else { '?' });
                path.push_str(&Form::new(&pairs).text);
            }
            built.secrets = marks(&pairs);
        }
        Method::GetReplaced | Method::GetPath => {
            let pairs = pairs(job, profile)?;
            path = replaced(&path, &pairs)?;
            built.secrets = marks(&pairs);
        }
    }
    built.uri = endpoint::join(&endpoint.uri, &path).map_err(Problem::Config)?;
    Ok(built)
}

fn post(built: &mut Built, media: &'static str, text: String) {
    built.method = HttpMethod::POST;
    built.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    built.body = text.into_bytes();
}

fn pairs(job: &Job<'_>, profile: Profile) -> Result<Vec<Pair>, Problem> {
    encode_pairs(job.operation.input, profile, job.input).map_err(Problem::Encode)
}

/// Without a body there is no place in it; but a URL with a secret is one.
fn marks(pairs: &[Pair]) -> Vec<std::ops::Range<usize>> {
    pairs.iter().filter(|pair| pair.secret).map(|_| 0..0).collect()
}

/// Pairs as a form.
struct Form {
    text: String,
    secrets: Vec<std::ops::Range<usize>>,
}

impl Form {
    fn new(pairs: &[Pair]) -> Self {
        let mut form = Self { text: String::new(), secrets: Vec::new() };
        for pair in pairs {
            if !form.text.is_empty() {
                form.text.push('&');
            }
            form.text.extend(form_urlencoded::byte_serialize(pair.name.as_bytes()));
            form.text.push('=');
            let from = form.text.len();
            form.text.extend(form_urlencoded::byte_serialize(pair.text.as_bytes()));
            if pair.secret {
                form.secrets.push(from..form.text.len());
            }
        }
        form
    }
}

/// The path with each pair in the place of its name in parentheses.
fn replaced(path: &str, pairs: &[Pair]) -> Result<String, Problem> {
    let mut out = String::new();
    let mut rest = path;
    let mut left: Vec<&Pair> = pairs.iter().collect();
    while let Some((before, after)) = rest.split_once('(') {
        let Some((name, behind)) = after.split_once(')') else { break };
        out.push_str(before);
        let Some(index) = left.iter().position(|pair| pair.name == name) else {
            return Err(Problem::Config(format!("the path of the operation needs a value for `{name}`")));
        };
        let bad = |expected| Problem::Config(format!("`{name}` is in the path and must be {expected}"));
        append_segment(&mut out, &left.remove(index).text).map_err(bad)?;
        rest = behind;
    }
    if let Some(pair) = left.first() {
        return Err(Problem::Config(format!("`{}` has no place in the path of the operation", pair.name)));
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &'static str, text: &str, secret: bool) -> Pair {
        Pair { name, text: text.to_owned(), secret }
    }

    #[test]
    fn forms() {
        let form = Form::new(&[pair("a", "1 & 2", false), pair("ключ", "é+", true), pair("a", "", false)]);
        assert_eq!(form.text, "a=1+%26+2&%D0%BA%D0%BB%D1%8E%D1%87=%C3%A9%2B&a=");
        assert_eq!(&form.text[form.secrets[0].clone()], "%C3%A9%2B");
    }

    #[test]
    fn paths_with_places() {
        let path = |pairs: &[Pair]| replaced("/o1/(id)/x(name)", pairs).map_err(|problem| format!("{problem:?}"));
        assert_eq!(path(&[pair("name", "a/b", false), pair("id", "7", false)]).unwrap(), "/o1/7/xa%2Fb");
        assert!(path(&[pair("id", "7", false)]).unwrap_err().contains("name"));
        assert!(path(&[pair("id", "", false), pair("name", "n", false)]).unwrap_err().contains("id"));
        assert!(
            path(&[pair("id", "7", false), pair("id", "8", false), pair("name", "n", false)])
                .unwrap_err()
                .contains("no place")
        );
    }
}
