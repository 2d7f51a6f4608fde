using System.Text.Json;
using System.Text.Json.Serialization;
using Kiwire.Server.Accounts;
using Kiwire.Server.Accounts.Bulk;
using Kiwire.Server.Api.Contract;
using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Events;
using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Http;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Portal;
using Kiwire.Server.Sessions;
using Kiwire.Server.Sms;
using Kiwire.Server.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Api;

/// <summary>The HTTP APIs put together: who may call, in which form, and every room's endpoints under <c>/api/v1</c>.</summary>
internal static class ApiRoom
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            // A field that is not known, or that is there twice, is a slip that is better said than passed over.
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new TextConverter());
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddAuthentication(BearerAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.Scheme, configureOptions: null);
        services.AddAuthorization();
        services.AddOpenApi(DocumentationPages.DocumentName, OpenApiForm.Configure);
        return services.AddSingleton<IdempotencyStore>().AddSingleton<ISmsRecipients, AccountRecipients>().AddSingleton<ServerFigures>().AddContract();
    }

    /// <summary>What every request goes through, in this order.</summary>
    public static void UseApi(this WebApplication application)
    {
        application.UseMiddleware<ContractEntry>();
        application.UseMiddleware<RequestFaults>();
        application.UseMiddleware<TargetRules>();
        application.UseRouting();
        application.Use(ContentPolicy.Enter);
        application.UseAuthentication();
        application.Use(application.Services.GetRequiredService<RequestRates>().CheckCallerAsync);
        application.UseAuthorization();
        application.UseMiddleware<InputRules>();
        application.UseMiddleware<CallerEntry>();
        application.UseMiddleware<IdempotencyKeys>();
    }

    /// <summary>Every room's endpoints.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<HttpOptions>>().Value.Documentation)
        {
            routes.MapDocumentation();
        }

        RouteGroupBuilder v1 = routes.MapGroup("/api/v1");
        v1.MapLogin();
        v1.MapTenants();
        v1.MapTenant();
        v1.MapAdministrators();
        v1.MapApiKeys();
        v1.MapAudit();
        v1.MapStatus();
        v1.MapSettings();
        v1.MapZones();
        v1.MapNas();
        v1.MapNasTypes();
        v1.MapDevices();
        v1.MapDeviceEvents();
        v1.MapDeviceWebhook();
        v1.MapDeviceMetrics();
        v1.MapDeviceTest();
        v1.MapPollSets();
        v1.MapProfiles();
        v1.MapAccounts();
        v1.MapAuthenticators();
        v1.MapVouchers();
        v1.MapBulk();
        v1.MapVoucherSheet();
        v1.MapSessions();
        v1.MapLogins();
        v1.MapUnauthorisedDevices();
        v1.MapOnline();
        v1.MapSessionControl();
        v1.MapDynamicAuthorizations();
        v1.MapSmsPolicy();
        v1.MapGuard();
        v1.MapOneTimeCodes();
        v1.MapSmsConnectors();
        v1.MapSmsTemplates();
        v1.MapSmsMessages();
        v1.MapSmsCampaigns();
        v1.MapSmsOptOuts();
        v1.MapPortalSettings();
        routes.MapSmsCallbacks();
        routes.MapPortalCalls();
        PortalEndpoints.Map(routes);
    }
}
