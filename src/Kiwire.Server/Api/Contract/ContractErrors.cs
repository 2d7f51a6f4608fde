namespace Kiwire.Server.Api.Contract;

/// <summary>The contract's errors, to the letter, in the order in which they are looked for.</summary>
internal static class ContractErrors
{
    public const string NoFullUrl = "please provide full url";
    public const string NoCloudId = "no tenant / cloud id provided";
    public const string CloudIdNotFound = "cloud id not found";
    public const string CloudIdNotAvailable = "cloud id not available";
    public const string ApiDisabled = "api integration is currently disabled";
    public const string PermissionDenied = "permission denied";
    public const string LoginExpired = "login expired. please complete the api login again";
    public const string InvalidApiKey = "invalid api key";
    public const string ModuleNotExisted = "module not existed";
    public const string ModuleDisabled = "module disabled";

    /// <summary>Of the log-in alone.</summary>
    public const string NotValidUser = "not valid user";
}
