package com.example.reflectproxy;

import android.app.Application;
import java.lang.reflect.Proxy;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Api api = (Api) Proxy.newProxyInstance(
            getClassLoader(), new Class<?>[] {Api.class}, new Behind(this));
        api.fetch();
    }
}
