using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Api.Contract;

/// <summary>What the contract answers: always with status 200, as <c>application/json</c>.</summary>
internal abstract record ContractAnswer
{
    // Made for programs: what HTML would want escaped may stand as it is in application/json.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private ContractAnswer()
    {
    }

    /// <summary>It was done: <c>{"is_success":true,"result_msg":"…","ret_data":[…]}</c>.</summary>
    /// <param name="Message">In words.</param>
    /// <param name="Data">What was asked for.</param>
    public sealed record Done(string Message, IReadOnlyList<object> Data) : ContractAnswer
    {
        /// <summary>Module login says message and data under two more names.</summary>
        public bool OfLoginModule { get; init; }

        protected override object Body => new DoneBody(true, Message, Data, OfLoginModule ? Message : null, OfLoginModule ? Data : null);
    }

    /// <summary>Somebody has logged in: <c>{"status":"success","token":"…"}</c>.</summary>
    public sealed record LoggedIn(string Token) : ContractAnswer
    {
        protected override object Body => new LoggedInBody("success", Token);

        /// <summary>Without the token.</summary>
        public override string ToString() => nameof(LoggedIn);
    }

    /// <summary>It was not done, and nothing was changed: <c>{"error":"…"}</c>.</summary>
    public sealed record Failed(string Error) : ContractAnswer
    {
        protected override object Body => new FailedBody(Error);
    }

    protected abstract object Body { get; }

    /// <summary>Faults of parameters, each a sentence.</summary>
    public static Failed Of(IEnumerable<string> faults) => new(string.Join(' ', faults));

    /// <summary>Faults of parameters that the rooms name in their own way.</summary>
    /// <param name="faults">What is wrong.</param>
    /// <param name="parameters">How the contract names a field, where that is not the same.</param>
    public static Failed Of(IEnumerable<FieldFault> faults, FrozenDictionary<string, string> parameters) =>
        Of(faults.Select(fault => (fault with { Field = parameters.GetValueOrDefault(fault.Field, fault.Field) }).Message));

    /// <summary>What became of a create or update.</summary>
    /// <param name="outcome">What the store says.</param>
    /// <param name="parameter">The parameter that names the thing.</param>
    /// <param name="name">Its name.</param>
    /// <param name="done">created or updated.</param>
    /// <param name="parameters">How the contract names a field, where that is not the same.</param>
    public static ContractAnswer Of(SaveOutcome outcome, string parameter, string name, string done, FrozenDictionary<string, string> parameters) => outcome switch
    {
        SaveOutcome.Saved => new Done($"{parameter} '{name}' {done}", []),
        SaveOutcome.Refused refused => Of(refused.Faults, parameters),
        SaveOutcome.Exists => Exists(parameter, name),
        SaveOutcome.Missing => Missing(parameter, name),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No version was asked for."),
    };

    public static Failed Exists(string parameter, string name) => new($"{parameter} '{name}' exists already.");

    public static Failed Missing(string parameter, string name) => new($"{parameter} '{name}' does not exist.");

    /// <summary>What a get found.</summary>
    public static Done Found<T>(IReadOnlyCollection<T> items)
        where T : class => new($"{items.Count} found", [.. items]);

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(Body, Options);
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, cancellationToken);
    }

    private sealed record DoneBody(
        [property: JsonPropertyName("is_success"), JsonPropertyOrder(0)] bool IsSuccess,
        [property: JsonPropertyName("result_msg"), JsonPropertyOrder(1)] string Message,
        [property: JsonPropertyName("ret_data"), JsonPropertyOrder(2)] IReadOnlyList<object> Data,
        [property: JsonPropertyName("result_message"), JsonPropertyOrder(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LoginMessage,
        [property: JsonPropertyName("return_data"), JsonPropertyOrder(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<object>? LoginData);

    private sealed record LoggedInBody([property: JsonPropertyName("status")] string Status, [property: JsonPropertyName("token")] string Token);

    private sealed record FailedBody([property: JsonPropertyName("error")] string Error);
}
