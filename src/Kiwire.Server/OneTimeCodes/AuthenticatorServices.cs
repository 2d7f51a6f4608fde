using Kiwire.Server.Accounts;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The room's authenticators.</summary>
internal static class AuthenticatorServices
{
    public static IServiceCollection AddAuthenticators(this IServiceCollection services) => services
        .AddSingleton<AuthenticatorStore>()
        .AddSingleton<AuthenticatorRegister>()
        .AddSingleton<OneTimePasswords>()
        .AddSingleton<IAccountDeletion, AuthenticatorsOfDeleted>();
}
