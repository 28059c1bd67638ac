//! Reading positional parameters: every slot by its number and type, every counter checked against what follows.

use super::value::Value;

/// What a business fault says; sent as base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal(pub(crate) String);

pub(crate) type Read<T> = Result<T, Refusal>;

pub(crate) fn refuse<T>(text: impl Into<String>) -> Read<T> {
    Err(Refusal(text.into()))
}

pub(crate) struct Slots<'a> {
    values: &'a [Value],
    next: usize,
}

impl<'a> Slots<'a> {
    pub(crate) fn new(values: &'a [Value]) -> Self {
        Self { values, next: 0 }
    }

    pub(crate) fn at_end(&self) -> bool {
        self.next == self.values.len()
    }

    fn take(&mut self, name: &str) -> Read<&'a Value> {
        let Some(value) = self.values.get(self.next) else {
            return refuse(format!("Parameter {} ({name}) is missing.", self.next + 1));
        };
        self.next += 1;
        Ok(value)
    }

    /// Ids may come as text too: a client in wide use sends them so.
    pub(crate) fn id(&mut self, name: &str) -> Read<i32> {
        match self.take(name)? {
            Value::Int(value) => Ok(*value),
            Value::Text(text) if text.trim().parse::<i32>().is_ok() => Ok(text.trim().parse().unwrap_or_default()),
            _ => refuse(format!("Parameter {} ({name}) must be Int.", self.next)),
        }
    }

    pub(crate) fn double(&mut self, name: &str) -> Read<f64> {
        match self.take(name)? {
            Value::Double(value) => Ok(*value),
            _ => refuse(format!("Parameter {} ({name}) must be Double.", self.next)),
        }
    }

    pub(crate) fn text(&mut self, name: &str) -> Read<&'a str> {
        match self.take(name)? {
            Value::Text(text) => Ok(text),
            _ => refuse(format!("Parameter {} ({name}) must be Str.", self.next)),
        }
    }

    fn counter(&mut self, name: &str) -> Read<usize> {
        let at = self.next + 1;
        let Value::Int(count) = *self.take(name)? else {
            return refuse(format!("Parameter {at} ({name}) must be Int."));
        };
        let left = self.values.len() - self.next;
        match usize::try_from(count) {
            Ok(count) if count <= left => Ok(count),
            _ => refuse(format!("{name} at {at} is {count}, but {left} parameters follow.")),
        }
    }

    /// A counter of entries, and the entries.
    pub(crate) fn entries<T>(&mut self, name: &str, read: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let count = self.counter(name)?;
        (0..count).map(|_| read(self)).collect()
    }

    /// A counter of values, and the section of so many values, which the entries must fill exactly.
    pub(crate) fn section<T>(&mut self, name: &str, read: impl Fn(&mut Slots<'a>) -> Read<T>) -> Read<Vec<T>> {
        let count = self.counter(name)?;
        let values: &'a [Value] = self.values;
        let mut inside = Slots::new(&values[..self.next + count]);
        inside.next = self.next;
        let mut entries = Vec::new();
        while !inside.at_end() {
            match read(&mut inside) {
                Ok(entry) => entries.push(entry),
                Err(Refusal(text)) => return refuse(format!("{name} is {count}: {text}")),
            }
        }
        self.next += count;
        Ok(entries)
    }

    pub(crate) fn end(&self) -> Read<()> {
        match self.values.len() - self.next {
            0 => Ok(()),
            left => refuse(format!("{left} parameters too many after parameter {}.", self.next)),
        }
    }

    /// A `Name=Value` string; only the first `=` divides.
    pub(crate) fn pair(&mut self, name: &str) -> Read<(&'a str, &'a str)> {
        let text = self.text(name)?;
        match text.split_once('=') {
            Some((key, value)) if !key.is_empty() => Ok((key, value)),
            _ => refuse(format!("Parameter {} ({name}) must be Name=Value.", self.next)),
        }
    }
}
