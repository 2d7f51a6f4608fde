namespace Kiwire.Server.Api.Contract;

/// <summary>The /apiv2 contract's part of the room.</summary>
internal static class ContractServices
{
    public static IServiceCollection AddContract(this IServiceCollection services) => services
        .AddSingleton<ContractGate>()
        .AddSingleton<ContractLogin>()
        .AddSingleton<ContractCalls>()
        .AddSingleton<ContractMethods>()
        .AddSingleton<LoginModule>()
        .AddSingleton<AdminModule>()
        .AddSingleton<UserModule>()
        .AddSingleton<VoucherModule>()
        .AddSingleton<NasModule>()
        .AddSingleton<DeviceModule>()
        .AddSingleton<ProfileModule>();
}
