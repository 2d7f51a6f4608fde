using System.Collections.Frozen;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace Kiwire.Server.Api;

/// <summary>
/// The query of a request of /api/v1: a parameter that is not known, or is there twice, is a slip that is better said than passed over; and
/// what a typed one holds must be of its type. What is known is what the OpenAPI document says of the endpoint. And JSON is UTF-8 (RFC 8259, 8.1).
/// </summary>
internal sealed class InputRules(RequestDelegate next, IApiDescriptionGroupCollectionProvider descriptions)
{
    private readonly Lazy<FrozenDictionary<(string Method, string Path), FrozenDictionary<string, Type>>> _known = new(() => Read(descriptions));

    public static ProblemHttpResult MediaType() =>
        Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", "The body must be JSON in UTF-8, with Content-Type: application/json.");

    public async Task InvokeAsync(HttpContext http)
    {
        if (RefusedBody.IsClaimed(http))
        {
            ProblemHttpResult tooLarge = RequestFaults.TooLarge(http);
            await RefusedBody.ThrowAwayAsync(http);
            await tooLarge.ExecuteAsync(http);
            return;
        }

        if (http.Request.ContentType is { } contentType
            && http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json") == true
            && !IsUtf8(contentType))
        {
            await MediaType().ExecuteAsync(http);
            return;
        }

        if (http.Request.Query.Count > 0
            && http.GetEndpoint() is RouteEndpoint endpoint
            && _known.Value.TryGetValue((http.Request.Method, Key(endpoint.RoutePattern.RawText)), out FrozenDictionary<string, Type>? known)
            && FindFaults(http.Request.Query, known) is { Count: > 0 } faults)
        {
            await Problems.Invalid(faults).ExecuteAsync(http);
            return;
        }

        await next(http);
    }

    private static bool IsUtf8(string contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        || type.CharSet is null
        || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static List<FieldFault> FindFaults(IQueryCollection query, FrozenDictionary<string, Type> known)
    {
        List<FieldFault> faults = [];
        foreach ((string name, StringValues values) in query)
        {
            string? fault = known.TryGetValue(name, out Type? type)
                ? values.Select(value => FindFault(value ?? "", type)).FirstOrDefault(found => found is not null)
                    ?? (values.Count > 1 && !type.IsArray ? "is there twice; give it once." : null)
                : known.Count > 0
                    ? $"is not a parameter of this; known are {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}."
                    : "is not a parameter of this: it takes none.";
            if (fault is not null)
            {
                faults.Add(new FieldFault(name.Length == 0 ? "query" : name, fault));
            }
        }

        return faults;
    }

    private static string? FindFault(string value, Type type)
    {
        type = type.IsArray ? type.GetElementType()! : type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            return "holds a NUL character.";
        }

        bool fits = type switch
        {
            { IsEnum: true } => Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase),
            _ when type == typeof(int) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            _ when type == typeof(long) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            _ when type == typeof(bool) => bool.TryParse(value, out _),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        return fits ? null : value.Length == 0 ? $"is empty; it must be {JsonFaults.Wanted(type)}, or left out." : $"is '{value}'; it must be {JsonFaults.Wanted(type)}.";
    }

    private static FrozenDictionary<(string Method, string Path), FrozenDictionary<string, Type>> Read(IApiDescriptionGroupCollectionProvider descriptions) =>
        descriptions.ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
            .Where(endpoint => Key(endpoint.RelativePath).StartsWith("api/v1/", StringComparison.Ordinal))
            .ToFrozenDictionary(
                endpoint => (endpoint.HttpMethod ?? "", Key(endpoint.RelativePath)),
                endpoint => endpoint.ParameterDescriptions
                    .Where(parameter => parameter.Source == BindingSource.Query)
                    .ToFrozenDictionary(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name), parameter => parameter.Type, StringComparer.Ordinal));

    private static string Key(string? path) => (path ?? "").Trim('/');
}
