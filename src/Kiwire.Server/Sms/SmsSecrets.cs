using System.Text.Json;

namespace Kiwire.Server.Sms;

/// <summary>A connector's secrets by name. They are written and never read back by people.</summary>
internal sealed class SmsSecrets(IReadOnlyDictionary<string, string> values)
{
    public const string AuthToken = "authToken";
    public const string AccessKey = "accessKey";
    public const string SigningKey = "signingKey";
    public const string Password = "password";
    public const string ApiKey = "apiKey";
    public const string BasicPassword = "basicPassword";

    public static SmsSecrets None { get; } = new(new Dictionary<string, string>());

    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Empty: it is not set.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    public static string OfParameter(string name) => "parameter:" + name;

    public static string OfHeader(string name) => "header:" + name;

    /// <summary>A variable of the address whose name says that it is secret.</summary>
    public static string OfUri(string name) => "uri:" + name;

    /// <summary>A preset's field.</summary>
    public static string OfField(string name) => "field:" + name;

    public bool Has(string name) => values.ContainsKey(name);

    public static SmsSecrets FromJson(ReadOnlySpan<byte> json) => new(JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(values);

    /// <summary>Without the values.</summary>
    public override string ToString() => string.Join(", ", values.Keys);
}
