using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kiwire.Server.Api;

/// <summary>Text of a body: without NUL, which PostgreSQL cannot keep and C programs end at.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw new JsonException();
        }

        return reader.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw new JsonTextException("holds a NUL character (\\u0000), which no text here may.");
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}

/// <summary>What is wrong with a text, in words for who sent it.</summary>
internal sealed class JsonTextException(string message) : JsonException(message);
