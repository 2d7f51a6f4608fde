using System.ComponentModel;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace Kiwire.Server.Api;

/// <summary><c>/api/v1/settings</c>: the configuration that this server was started with. It is changed where it comes from, and by a restart.</summary>
internal static class SettingsEndpoints
{
    private const string Hidden = "(hidden)";

    // What a key that holds a secret is called.
    private static readonly string[] SecretWords = ["ConnectionString", "Password", "Secret", "Token", "ApiKey"];

    public static void MapSettings(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/settings", List).RequireScope(ApiScope.ServerRead).WithTags("Server")
            .WithSummary("Lists the configuration in force and where each value comes from; secrets are hidden");

    private static Ok<Page<SettingBody>> List(IConfiguration configuration) => TypedResults.Ok(
        new Page<SettingBody>([.. KiwireKeys.All.SelectMany(key => Read(configuration, key))], Next: null));

    private static SettingBody[] Read(IConfiguration configuration, KiwireKey key)
    {
        string[] keys = key.Key.EndsWith(":N", StringComparison.Ordinal)
            ? [.. configuration.GetSection(key.Key[..^2]).GetChildren().Select(child => child.Path)]
            : [key.Key];
        SettingBody[] given = [.. keys.Where(one => configuration[one] is not null).Select(one => new SettingBody
        {
            Key = one,
            Value = Show(one, configuration[one]!),
            Source = SourceOf(configuration, one),
            Meaning = key.Meaning,
        })];
        return given.Length > 0 ? given : [new SettingBody { Key = key.Key, Value = key.Default, Source = "default", Meaning = key.Meaning }];
    }

    /// <summary>A value as it may be shown: an address goes without the user and the query in it.</summary>
    internal static string Show(string key, string value)
    {
        if (value.Length > 0 && SecretWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return Hidden;
        }

        return Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && (address.UserInfo.Length > 0 || address.Query.Length > 0)
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + " " + Hidden
            : value;
    }

    private static string SourceOf(IConfiguration configuration, string key) =>
        (configuration as IConfigurationRoot)?.Providers.LastOrDefault(provider => provider.TryGet(key, out _)) switch
        {
            JsonConfigurationProvider json => json.Source.Path ?? "file",
            EnvironmentVariablesConfigurationProvider => "environment",
            CommandLineConfigurationProvider => "command line",
            MemoryConfigurationProvider => "--demo",
            _ => "host",
        };
}

/// <summary>An option of the server.</summary>
internal sealed record SettingBody
{
    public required string Key { get; init; }

    [Description("(hidden) where it is a secret.")]
    public required string Value { get; init; }

    [Description("default, appsettings.json, environment, command line or --demo.")]
    public required string Source { get; init; }

    public required string Meaning { get; init; }
}
