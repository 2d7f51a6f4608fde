using System.Data.Common;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Api.Contract;

/// <summary>
/// Takes every request of the contract, before anything of /api/v1 sees it: whatever is wrong with one, it is answered in the contract's form,
/// with status 200.
/// </summary>
internal sealed partial class ContractEntry(RequestDelegate next, ContractLogin login, ContractCalls calls, Database database, ILogger<ContractEntry> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        bool isLogin = http.IsContractLogin;
        if (!isLogin && !http.IsContractCall)
        {
            await next(http);
            return;
        }

        try
        {
            ContractAnswer answer = await AnswerAsync(http, http.PathNames, isLogin);
            await answer.WriteAsync(http.Response, http.RequestAborted);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // Nobody waits for the answer.
        }
    }

    private async Task<ContractAnswer> AnswerAsync(HttpContext http, string[] path, bool isLogin)
    {
        if (!isLogin && path.Length < 3)
        {
            return new ContractAnswer.Failed(ContractErrors.NoFullUrl);
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return new ContractAnswer.Failed($"The request's method is {ContractParameters.Shown(http.Request.Method)}; it must be POST.");
        }

        try
        {
            (ContractParameters parameters, string? fault) = await ContractBody.ReadAsync(http.Request, http.RequestAborted);
            return fault is not null ? new ContractAnswer.Failed(fault)
                : isLogin ? await login.AnswerAsync(parameters, http.Connection.RemoteIpAddress, http.RequestAborted)
                : await calls.AnswerAsync(path, parameters, http.Connection.RemoteIpAddress?.ToString() ?? "", http.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            return new ContractAnswer.Failed($"The request cannot be read: {e.Message}");
        }
        catch (DbException e) when (database.Dialect.IsAway(e))
        {
            return new ContractAnswer.Failed("The database cannot be used at the moment; nothing was changed. Try again later.");
        }
        catch (Exception e) when (e is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            LogFailed(log, string.Join('/', path.Take(3)), e);
            return new ContractAnswer.Failed("The server failed; its log says why.");
        }
    }

    [LoggerMessage(EventId = 810, Level = LogLevel.Error, Message = "{Path} failed")]
    private static partial void LogFailed(ILogger logger, string path, Exception exception);
}
