using System.Text.RegularExpressions;
using Kiwire.Server.Tests.EndToEnd;
using Microsoft.AspNetCore.Routing;

namespace Kiwire.Server.Tests.Api;

/// <summary>Every route that a running server has, as it was mapped: a route that is added is found without a word in a test.</summary>
internal static partial class Routes
{
    /// <summary>As <c>GET /api/v1/zones/{name}</c>, without the parameters' constraints.</summary>
    public static IReadOnlyList<string> Of(RunningServer server) =>
    [
        .. server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => $"{method} /{Constraint().Replace(route.RoutePattern.RawText!.Trim('/'), "")}"))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The path with its parameters filled in.</summary>
    public static string Fill(string route, Func<string, string> valueOf) =>
        Parameter().Replace(route[route.IndexOf('/', StringComparison.Ordinal)..], parameter => Uri.EscapeDataString(valueOf(parameter.Groups["name"].Value)));

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?<=\{\w+):[^}]*")]
    private static partial Regex Constraint();
}
